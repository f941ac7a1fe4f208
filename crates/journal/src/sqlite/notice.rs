//! What is odd about a journal that can be used all the same.

/// Something that was found while a journal was opened and that does not keep it from being used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Notice {
    /// The mark cannot be read, so a loss before this moment would not have been noticed.
    #[error("the mark beside the journal is damaged; a new one is written")]
    MarkDamaged,
    /// The journal has commits and no mark.
    #[error("the mark beside the journal is missing; a new one is written")]
    MarkMissing,
    /// The file ended too early. What stood in the missing part is damaged.
    #[error("the journal was cut: its last {bytes} bytes are missing")]
    Cut {
        /// The number of missing bytes.
        bytes: u64,
    },
    /// The list of free pages was damaged. It was emptied, so those pages are not used again.
    #[error("the list of free pages was damaged and was emptied")]
    FreePages,
    /// A table could not be used any more, so it was set aside and a new one was made. What could be
    /// read of it was taken over.
    #[error("the table {table} was damaged and is kept as {kept_as}")]
    SetAside {
        /// The name of the table.
        table: &'static str,
        /// The name under which the damaged table is kept.
        kept_as: String,
    },
}
