//! Confluent Cloud.
