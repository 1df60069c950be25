//! Nothing hidden leaks: the public cannot tell a store with hidden things from one without, by any question that it may ask;
//! no hidden change moves what it sees; and who may not write learns nothing by trying.
mod attempts;
mod changes;
mod deeds;
mod places;
mod questions;
mod stores;
mod words;
