//! The byte side of JSON-RPC over stdio: messages with a `Content-Length` in front.
//!
//! tower-lsp's own reader ends the whole session at the first message that it cannot read. This one says what
//! was wrong and goes on with the next message.

use serde_json::Value;
use std::io;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};

/// A header is never longer than this.
const MAX_HEADER: usize = 8 * 1024;
/// No message is longer than this: a length beyond it is a mistake, and is not waited for.
const MAX_BODY: usize = 256 * 1024 * 1024;
/// As much is read at once.
const CHUNK: usize = 64 * 1024;

const LENGTH: &[u8] = b"content-length:";

/// What was read.
pub(crate) enum Frame {
    /// A message that is JSON.
    Message(Value),
    /// Something that is no message; why.
    Garbage(String),
}

/// Reads messages.
pub(crate) struct Reader<I> {
    input: I,
    buffer: Vec<u8>,
    /// How much of the buffer has been used up.
    used: usize,
}

enum Step {
    More,
    Done(Frame),
}

impl<I: AsyncRead + Unpin> Reader<I> {
    pub(crate) fn new(input: I) -> Self {
        Self { input, buffer: vec![], used: 0 }
    }

    /// The next message; `None` at the end of the input.
    pub(crate) async fn next(&mut self) -> io::Result<Option<Frame>> {
        loop {
            if let Step::Done(frame) = self.step() {
                return Ok(Some(frame));
            }
            self.buffer.drain(..self.used);
            self.used = 0;
            let before = self.buffer.len();
            self.buffer.resize(before + CHUNK, 0);
            let free = self.buffer.get_mut(before..).unwrap_or_default();
            let count = self.input.read(free).await?;
            self.buffer.truncate(before + count);
            if count == 0 {
                return Ok(None);
            }
        }
    }

    fn rest(&self) -> &[u8] {
        self.buffer.get(self.used..).unwrap_or_default()
    }

    fn step(&mut self) -> Step {
        let rest = self.rest();
        let Some((header, separator)) = header_end(rest) else {
            if rest.len() <= MAX_HEADER {
                return Step::More;
            }
            let skip = rest.len();
            return self.skip(skip, "a header that does not end");
        };
        let length = rest.get(..header).and_then(content_length);
        let body = header + separator;
        match length {
            Some(length) if length <= MAX_BODY => {
                let Some(bytes) = rest.get(body..body + length) else { return Step::More };
                let frame = match serde_json::from_slice(bytes).or_else(|error| mended(bytes).ok_or(error)) {
                    Ok(message) => Frame::Message(message),
                    Err(error) => Frame::Garbage(format!("the message is not JSON: {error}")),
                };
                self.used += body + length;
                self.shrink();
                Step::Done(frame)
            }
            Some(_) => self.skip(body, "the `Content-Length` is beyond any message"),
            None => self.skip(body, "the header has no `Content-Length` that is a number"),
        }
    }

    /// Skips what cannot be read, up to what looks like the next header.
    fn skip(&mut self, at_least: usize, why: &str) -> Step {
        let rest = self.rest().get(at_least..).unwrap_or_default();
        let next = rest.windows(LENGTH.len()).position(|window| window.eq_ignore_ascii_case(LENGTH));
        self.used += at_least + next.unwrap_or(0);
        Step::Done(Frame::Garbage(why.to_owned()))
    }

    /// A huge message does not keep its memory.
    fn shrink(&mut self) {
        if self.used == self.buffer.len() && self.buffer.capacity() > 16 * CHUNK {
            self.buffer = vec![];
            self.used = 0;
        }
    }
}

/// A message that is JSON but for halves of characters, as editors in JavaScript can write them.
fn mended(bytes: &[u8]) -> Option<Value> {
    let whole = remit_protocol::without_halves(std::str::from_utf8(bytes).ok()?)?;
    serde_json::from_str(&whole).ok()
}

/// Where a header ends, and how long the empty line after it is.
fn header_end(bytes: &[u8]) -> Option<(usize, usize)> {
    let head = bytes.get(..bytes.len().min(MAX_HEADER)).unwrap_or_default();
    let find = |line: &[u8]| Some((head.windows(line.len()).position(|window| window == line)?, line.len()));
    find(b"\r\n\r\n").into_iter().chain(find(b"\n\n")).min()
}

fn content_length(header: &[u8]) -> Option<usize> {
    let header = std::str::from_utf8(header).ok()?;
    header.lines().find_map(|line| {
        let (name, value) = line.split_once(':')?;
        if name.trim().eq_ignore_ascii_case("content-length") { value.trim().parse().ok() } else { None }
    })
}

/// Writes one message.
pub(crate) async fn write(output: &mut (impl AsyncWrite + Unpin), message: &[u8]) -> io::Result<()> {
    let mut frame = format!("Content-Length: {}\r\n\r\n", message.len()).into_bytes();
    frame.extend_from_slice(message);
    output.write_all(&frame).await?;
    output.flush().await
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn read(bytes: &[u8]) -> Vec<Result<Value, String>> {
        let mut reader = Reader::new(bytes);
        let mut found = vec![];
        while let Some(frame) = reader.next().await.unwrap() {
            found.push(match frame {
                Frame::Message(value) => Ok(value),
                Frame::Garbage(why) => Err(why),
            });
        }
        found
    }

    #[tokio::test]
    async fn reading_goes_on_after_what_cannot_be_read() {
        let good = "Content-Length: 2\r\n\r\n{}";
        for bad in [
            "Content-Length: 3\r\n\r\n{x}",
            "Content-Length: nine\r\n\r\n{}",
            "Content-Length: 99999999999999999999\r\n\r\n",
            "Content-Type: x\r\n\r\n{}",
            "Content-Length: 4000000000\r\n\r\n{}",
            "hello\n\n",
        ] {
            let found = read(format!("{good}{bad}{good}").as_bytes()).await;
            assert_eq!(found.len(), 3, "{bad:?}: {found:?}");
            assert!(found[0].is_ok() && found[1].is_err() && found[2].is_ok(), "{bad:?}: {found:?}");
        }
        let found = read(b"Content-Length: 2\r\n\r\n\xFF\xFEcontent-length: 2\r\n\r\n{}").await;
        assert!(found[0].is_err() && found[1].is_ok(), "{found:?}");
        let half = br#"{"a": "\ud83e"}"#;
        let found = read(
            format!("Content-Length: {}\r\n\r\n{}", half.len(), std::str::from_utf8(half).unwrap())
                .as_bytes(),
        )
        .await;
        assert_eq!(found[0].as_ref().unwrap()["a"], "\u{fffd}");
        let endless = format!("{}{good}", "x".repeat(MAX_HEADER + 1));
        let found = read(endless.as_bytes()).await;
        assert!(found.first().is_some_and(Result::is_err), "{found:?}");
    }

    #[tokio::test]
    async fn a_message_may_come_in_pieces() {
        let (mut client, server) = tokio::io::duplex(3);
        let sender = tokio::spawn(async move { write(&mut client, b"{\"a\": \"\xC3\xA4\"}").await });
        let mut reader = Reader::new(server);
        let Some(Frame::Message(value)) = reader.next().await.unwrap() else { panic!("no message") };
        assert_eq!(value["a"], "ä");
        sender.await.unwrap().unwrap();
    }
}
