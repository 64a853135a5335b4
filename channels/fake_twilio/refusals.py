"""How Twilio says no: HTTP status, code and words."""

from fastapi import Request
from fastapi.responses import JSONResponse

MORE = "https://www.twilio.com/docs/errors/"
TABLE = {
    20003: (401, "Authenticate"),
    20404: (404, "The requested resource {0} was not found"),
    20429: (429, "Too Many Requests"),
    20500: (500, "An internal server error has occurred"),
    20503: (503, "Service unavailable"),
    21211: (400, "Invalid 'To' Phone Number: {0}"),
    21602: (400, "Message body is required."),
    21603: (400, "A 'From' phone number is required."),
    21604: (400, "A 'To' phone number is required."),
    21606: (
        400,
        "The 'From' phone number provided ({0}) is not a valid message-capable Twilio phone number for this "
        "destination.",
    ),
    21609: (400, "The 'StatusCallback' URL {0} is not a valid URL."),
    21610: (400, "Attempt to send to unsubscribed recipient"),
    21617: (400, "The concatenated message body exceeds the 1600 character limit"),
    21620: (400, "Invalid media URL(s)"),
    21655: (400, "The ContentSid Parameter is Invalid"),
    21656: (400, "The Content Variables Parameter is Invalid"),
    21910: (400, "Invalid From and To pair. From and To should be of the same channel"),
    63007: (400, "Twilio could not find a Channel with the specified From address"),
}


class Refusal(Exception):
    """Ends a request with Twilio's error body."""

    def __init__(self, code: int, what: str = "", retry_after: int | None = None) -> None:
        super().__init__(code)
        self.code, self.what, self.retry_after = code, what, retry_after

    def response(self) -> JSONResponse:
        status, words = TABLE[self.code]
        body = {"code": self.code, "message": words.format(self.what), "more_info": f"{MORE}{self.code}"}
        headers = {} if self.retry_after is None else {"Retry-After": str(self.retry_after)}
        if status == 401:
            headers["WWW-Authenticate"] = 'Basic realm="Twilio API"'
        return JSONResponse({**body, "status": status}, status, headers)


async def answer(request: Request, refusal: Exception) -> JSONResponse:
    """The handler that the application knows."""
    assert isinstance(refusal, Refusal)
    return refusal.response()
