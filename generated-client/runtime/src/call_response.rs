//! Responses that are not JSON.

use super::attempt::Reading;
use super::decode::read_text;
use super::{Call, Download, Error, Response};

impl Call {
    /// Sends the call, whose response is text.
    ///
    /// # Errors
    ///
    /// Those of [`send`](Self::send).
    pub async fn send_text(self) -> Result<Response<String>, Error> {
        let operation = self.operation;
        read_text(self.execute().await?, operation)
    }

    /// Sends the call, and leaves the body of the response to be read by the caller.
    ///
    /// # Errors
    ///
    /// Those of [`send`](Self::send) but the last.
    pub async fn send_download(self) -> Result<Response<Download>, Error> {
        let operation = self.operation;
        let timeout = self.client.shared.policy.attempt_timeout;
        let max_body = self.client.shared.max_body;
        let mut response = self.execute_and_read(Reading::Later(max_body)).await?;
        let rest = response.raw.rest.take();
        let body = rest.unwrap_or_else(|| response.raw.body.clone().into());
        let download = Download::new(&response, body, timeout);
        Ok(Response::new(response, operation, download))
    }
}
