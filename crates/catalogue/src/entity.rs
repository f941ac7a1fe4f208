//! The rows of the tables, for SeaORM. `migration/` says what each column means and which rules hold.
//!
//! Plain values only: the modules that read and write convert them to the types of the crate.
#![expect(
    unreachable_pub,
    reason = "SeaORM's derives make public items beside the model, which has to be public too"
)]

/// Who plays.
pub(crate) mod performers {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "performers")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: i64,
        pub name: String,
        pub picture_seed: i64,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// Where concerts are played.
pub(crate) mod venues {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "venues")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: i64,
        pub name: String,
        pub city: String,
        pub zone: String,
        pub plan: String,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// What is played.
pub(crate) mod concerts {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "concerts")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: i64,
        pub title: String,
        pub description: String,
        pub venue: i64,
        pub poster_seed: i64,
        pub first_day: i64,
        pub last_day: i64,
        pub books_from_ms: i64,
        pub books_until_ms: i64,
        pub origin: String,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// Who plays in a concert, in order.
pub(crate) mod concert_performers {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "concert_performers")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub concert: i64,
        #[sea_orm(primary_key, auto_increment = false)]
        pub position: i64,
        pub performer: i64,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// The price of each grade of a concert.
pub(crate) mod grades {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "grades")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub concert: i64,
        #[sea_orm(primary_key, auto_increment = false)]
        pub position: i64,
        pub name: String,
        pub price_won: i64,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// The dates of a concert.
pub(crate) mod performances {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "performances")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: i64,
        pub concert: i64,
        pub starts_at_ms: i64,
        pub day: i64,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// When and how the sale of a performance begins.
pub(crate) mod openings {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "openings")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub performance: i64,
        pub concert: i64,
        pub starts_at_ms: i64,
        pub opens_at_ms: i64,
        pub opens_on: i64,
        pub closes_at_ms: i64,
        pub style: String,
        pub rivals: i64,
        pub seats_per_person: i64,
        pub cancelled_seats: String,
        pub guests_may_enter: i64,
        pub sale: Option<i64>,
        pub ended_at_ms: Option<i64>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// Guests, and later accounts.
pub(crate) mod people {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "people")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: i64,
        pub made_at_ms: i64,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// The browsers of people.
pub(crate) mod guests {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "guests")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub guest: Vec<u8>,
        pub person: i64,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// The seats that were free when a sale was last looked at.
pub(crate) mod seats_left {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "seats_left")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub performance: i64,
        #[sea_orm(primary_key, auto_increment = false)]
        pub section: String,
        #[sea_orm(primary_key, auto_increment = false)]
        pub grade: String,
        pub seats: i64,
        pub seen_at_ms: i64,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// Paid seats; cancelled bookings keep their row.
pub(crate) mod bookings {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "bookings")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub sale: i64,
        #[sea_orm(primary_key, auto_increment = false)]
        pub number: i64,
        pub performance: i64,
        pub person: Option<i64>,
        pub booked_at_ms: i64,
        pub cancelled_at_ms: Option<i64>,
        pub seat_count: i64,
        pub total_won: i64,
        pub refunded_won: Option<i64>,
        pub payment: Option<i64>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// The seats of bookings.
pub(crate) mod booking_seats {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "booking_seats")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub sale: i64,
        #[sea_orm(primary_key, auto_increment = false)]
        pub number: i64,
        #[sea_orm(primary_key, auto_increment = false)]
        pub seat: i64,
        pub performance: i64,
        pub place: String,
        pub grade: String,
        pub price_won: i64,
        pub is_live: i64,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}
