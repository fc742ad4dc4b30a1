//! The whole of relato from outside: what its users see, and the promises of its house.

mod floors;
