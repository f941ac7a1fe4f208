//! Tests of the text form of rows.

use sea_orm::Value;

use super::push_row;

#[test]
fn k28_a_copied_row_keeps_every_character_of_a_text() {
    let mut text = Vec::new();
    let row: [Value; 5] = [
        7_i64.into(),
        "a\tb\\N\r\n겨울".into(),
        Option::<i64>::None.into(),
        vec![0_u8, 255].into(),
        "".into(),
    ];
    push_row(&mut text, &row).unwrap();
    let text = String::from_utf8(text).unwrap();
    assert_eq!(text, "7\ta\\tb\\\\N\\r\\n겨울\t\\N\t\\\\x00ff\t\n");
    assert!(push_row(&mut Vec::new(), &[Value::Double(Some(0.5))]).is_err());
}
