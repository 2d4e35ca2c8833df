//! What every kind of text becomes: the tree, and what is underlined.

mod json;
mod limits;
mod recovery;
mod show;
mod sound;
mod tree;
mod yaml;
