//! Builds the HTTP request of a call.

use reqwest::Url;

use super::{Call, own_server};
use crate::http_request::{set_body, set_headers, url};
use crate::media::upload_url;
use crate::parameters::Pairs;
use crate::path::push_query;
use crate::request_body::{CallBody, RequestBody};
use crate::{Error, Operation};

impl Call {
    /// The request, and its body, which each attempt sends.
    pub(crate) fn request(mut self) -> Result<(reqwest::Request, RequestBody), Error> {
        if let Some(refused) = self.refused.take() {
            return Err(refused.into());
        }
        self.client.check_credentials(self.operation)?;
        self.client.check_scopes(self.operation)?;
        self.check_required()?;
        let query = self.query.or(&self.client.shared.parameters);
        let query = written(self.operation, &query);
        let own = own_server(&self.client, self.operation).map(Url::parse);
        let own = own.transpose().map_err(|_| {
            Error::invalid_argument("the URL of the operation's server is not valid")
        })?;
        let base = own.as_ref().unwrap_or(&self.client.shared.base_url);
        let path = self.path.finish();
        let url = match &self.transfer {
            Some(transfer) if transfer.is_upload() => upload_url(base, &path, &query)?,
            _ => url(base, &path, &query)?,
        };
        let mut request = reqwest::Request::new(self.operation.method().clone(), url);
        set_headers(request.headers_mut(), self.operation, self.headers)?;
        if let Some(transfer) = &self.transfer {
            transfer.set_headers(request.headers_mut());
        }
        let body = set_body(&mut request, self.operation, self.body)?;
        Ok((request, body))
    }

    /// Checks that everything is set that has to be, and is no argument of the method.
    fn check_required(&self) -> Result<(), Error> {
        let mut required = self.operation.required_parameters().iter();
        if let Some(missing) = required.find(|it| !self.given.contains(it)) {
            let what = format!("the required parameter `{missing}` is not set");
            return Err(Error::invalid_argument(what));
        }
        let parts = match &self.body {
            Some(CallBody::Multipart(parts)) => Some(parts),
            _ => None,
        };
        let has_part = |name| parts.is_some_and(|parts| parts.has(name));
        let mut required = self.operation.parts_to_set().iter();
        if let Some(missing) = required.find(|it| !has_part(it)) {
            let what = format!("the required part `{missing}` is not set");
            return Err(Error::invalid_argument(what));
        }
        Ok(())
    }
}

/// The query of a URL.
fn written(operation: &Operation, parameters: &Pairs) -> String {
    let mut query = String::new();
    for (name, value) in operation.fixed_query() {
        push_query(&mut query, name, value);
    }
    for (name, value) in parameters.iter() {
        push_query(&mut query, name, value);
    }
    query
}
