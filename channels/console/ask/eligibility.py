"""A scheme's conditions as a form; the verdict and its working follow what is filled in."""

from typing import Annotated, Any

from fastapi import Form, Path, Query, Request
from fastapi.responses import HTMLResponse
from starlette.datastructures import FormData

from channels.console.access import Account
from channels.console.ask import filled
from channels.console.ask.answers import Answer, Answers, Ask
from channels.console.ask.reading import dated
from channels.console.ask.router import Reader, router
from channels.console.pages import render

SchemeId = Annotated[str, Path(max_length=40, pattern="^[a-z_]+$")]
Spoken = Annotated[str, Form(pattern="^(hi|hi-Latn|en)$")]
FIRST = "margin_money"


@router.get("/eligibility")
async def eligibility(
    request: Request,
    who: Reader,
    ask: Ask,
    scheme: Annotated[str, Query(max_length=40, pattern="^[a-z_]+$")] = FIRST,
) -> HTMLResponse:
    return await _page(request, who, ask, scheme, {})


@router.post("/eligibility/{scheme}")
async def whole_form(request: Request, who: Reader, ask: Ask, scheme: SchemeId) -> HTMLResponse:
    """Without JavaScript."""
    return await _page(request, who, ask, scheme, texts(await request.form()))


@router.post("/eligibility/{scheme}/verdict")
async def verdict(
    request: Request, who: Reader, ask: Ask, scheme: SchemeId, caller_language: Spoken = "hi"
) -> HTMLResponse:
    form = await ask.get(f"/schemes/{scheme}/form")
    given = texts(await request.form())
    return render(request, "ask/verdict.html", who, **await _judged(ask, who, form, given, caller_language))


def texts(form: FormData) -> dict[str, str]:
    return {name: value for name, value in form.items() if isinstance(value, str)}


async def judged(ask: Answers, scheme: str, given: dict[str, str]) -> Answer:
    """The verdict alone; what is wrong with the form is left out of it."""
    form = await ask.get(f"/schemes/{scheme}/form")
    return (await _verdict(ask, form, filled.read(form["fields"], given)))[0]


async def _page(request: Request, who: Account, ask: Answers, scheme: str, given: dict[str, str]) -> HTMLResponse:
    schemes, form = await ask.get("/schemes"), await ask.get(f"/schemes/{scheme}/form")
    values = await _judged(ask, who, form, given, given.get("caller_language", "hi"))
    return render(request, "ask/eligibility.html", who, schemes=schemes["schemes"], form=form, given=given, **values)


async def _judged(
    ask: Answers, who: Account, form: Answer, given: dict[str, str], caller_language: str
) -> dict[str, Any]:
    verdict, wrong = await _verdict(ask, form, filled.read(form["fields"], given))
    questions = {each["name"]: each["question"] for each in form["fields"]}
    return {
        "scheme": form["id"],
        "verdict": verdict,
        "wrong": [questions[name][who.language] for name in wrong],
        "spoken": caller_language,
        "dated": lambda date: dated(date, who.language),
    }


async def _verdict(ask: Answers, form: Answer, read: filled.Filled) -> tuple[Answer, list[str]]:
    """A fact that cannot be, or that another one contradicts, is named and left out; the rest counts."""
    facts, wrong = dict(read.facts), list(read.wrong)
    while True:
        body = {"scheme": form["id"], "facts": facts, "refused": read.refused}
        status, answer = await ask.try_post("/eligibility", body, (422,))
        fact = answer.get("fact")
        if status != 422:
            return answer, wrong
        if fact not in facts:
            return (await ask.post("/eligibility", {"scheme": form["id"], "facts": {}})), wrong
        wrong.append(fact)
        del facts[fact]
