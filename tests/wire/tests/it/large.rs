//! The same of large public specs, which are compiled only where `LARGE_SPECS` is set.

use crate::clients::LARGE;

use crate::requests::{compare_methods, compare_requests};
use crate::types::compare_values;

#[test]
#[cfg_attr(
    not(large_specs),
    ignore = "needs the public specs, and LARGE_SPECS: see tests/corpus/README.md"
)]
fn clients_of_large_specs_have_every_method_and_the_base_url() {
    compare_methods(LARGE);
}

#[tokio::test]
#[cfg_attr(
    not(large_specs),
    ignore = "needs the public specs, and LARGE_SPECS: see tests/corpus/README.md"
)]
async fn methods_of_large_specs_call_the_url_of_their_document() {
    compare_requests(LARGE).await;
}

#[test]
#[cfg_attr(
    not(large_specs),
    ignore = "needs the public specs, and LARGE_SPECS: see tests/corpus/README.md"
)]
fn values_of_large_schemas_round_trip() {
    compare_values(LARGE);
}
