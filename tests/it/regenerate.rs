//! regenerate
