//! What can be wrong with a request, by a name that stays.
use crate::domain::text_enum;

text_enum! {
    /// What went wrong, for a program to act on; never renamed.
    pub enum ProblemCode {
        /// A parameter has a value that it cannot have.
        InvalidParameter = "invalid_parameter",
        /// No such parameter; `detail` names the nearest one.
        UnknownParameter = "unknown_parameter",
        /// A parameter stands twice; many values are one comma list.
        RepeatedParameter = "repeated_parameter",
        /// No page ever gave out this cursor.
        InvalidCursor = "invalid_cursor",
        /// The cursor belongs to another order or other filters.
        CursorMismatch = "cursor_mismatch",
        /// The request itself cannot be understood.
        InvalidRequest = "invalid_request",
        /// The body is no JSON.
        InvalidJson = "invalid_json",
        /// The body is JSON that cannot be stored; `errors` says where and why.
        InvalidDocument = "invalid_document",
        /// This takes a key, and the request has none.
        KeyRequired = "key_required",
        /// The key is none that the server knows, or it is not good any more.
        InvalidKey = "invalid_key",
        /// The key does not reach that far; `detail` names the scope that does.
        MissingScope = "missing_scope",
        /// The token of a preview is none that is good for this article.
        InvalidPreview = "invalid_preview",
        /// More requests than the limit allows; try again after `Retry-After` seconds.
        RateLimited = "rate_limited",
        /// Too many wrong keys came from this address; try again after `Retry-After` seconds, with a good one.
        TooManyWrongKeys = "too_many_wrong_keys",
        /// There is no such thing, or the public may not see it.
        NotFound = "not_found",
        /// It was public once and is not any more.
        Gone = "gone",
        /// Another thing has what this one would get; `errors` says what.
        Conflict = "conflict",
        /// A request with the same `Idempotency-Key` is being done.
        IdempotencyConflict = "idempotency_conflict",
        /// The `Idempotency-Key` was sent with another body before.
        IdempotencyMismatch = "idempotency_mismatch",
        /// The thing has changed since: it has another revision than `If-Match` names.
        PreconditionFailed = "precondition_failed",
        /// To change what is there takes an `If-Match` with its revision.
        PreconditionRequired = "precondition_required",
        /// The resource does not take this method; `Allow` says which it does.
        MethodNotAllowed = "method_not_allowed",
        /// The request took too long to arrive.
        RequestTimeout = "request_timeout",
        /// The body is larger than the bound.
        PayloadTooLarge = "payload_too_large",
        /// The body is of a type that the resource does not take.
        UnsupportedMediaType = "unsupported_media_type",
        /// As many imports run as may run at once; try again after `Retry-After` seconds.
        TooManyImports = "too_many_imports",
        /// The server is stopping: an import ends before its input does.
        Stopping = "stopping",
        /// The database is busy; try again after `Retry-After` seconds.
        DatabaseBusy = "database_busy",
        /// A fault of the server; its log tells more under `request_id`.
        Internal = "internal",
    }
}
