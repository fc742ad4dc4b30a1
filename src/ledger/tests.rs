//! The ledger of a history made by hand.
