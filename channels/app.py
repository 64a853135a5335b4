"""Puts the gateway together."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any

import httpx
from fastapi import FastAPI
from starlette.staticfiles import StaticFiles

from channels import __version__, api, errors, health, letters, page
from channels.bot_client import BotClient
from channels.caps import Caps
from channels.console.routes import create_console
from channels.delivery.carriers import Carrier
from channels.delivery.service import Delivery
from channels.handovers import Clock, Handovers, current_time
from channels.memory import Sessions
from channels.metrics import routes as metrics
from channels.metrics.measures import entries_in
from channels.metrics.queues import Queues
from channels.middleware import BodyLimit, CatchAll, SecurityHeaders
from channels.models import Problem
from channels.names import renamed
from channels.phone import routes as phone
from channels.phone.build import build as build_phone
from channels.phone.text_messages import OutboxTexts, TextMessages
from channels.privacy.keeping import Keeping
from channels.privacy.rights import Rights
from channels.providers.base import Provider
from channels.providers.carriers import carriers, senders
from channels.sentences import Sentences
from channels.settings import Settings
from channels.speech.notes import voice_notes
from channels.staff import api as staff
from channels.switch.state import Switches
from channels.transcripts import api as transcripts
from channels.transcripts.calls import Calls
from channels.transcripts.records import Records
from channels.turn_log.grouping import Grouping
from channels.turn_log.notes import Notes
from channels.turns import Turns
from channels.webhooks import twilio
from channels.widget import files as widget_files
from channels.widget import routes as widget
from channels.widget.cors import WidgetCors
from channels.widget.service import Widget


class Gateway(FastAPI):
    """FastAPI whose OpenAPI knows the problem details that no route returns as a model."""

    def openapi(self) -> dict[str, Any]:
        if not self.openapi_schema:
            schemas = super().openapi().setdefault("components", {}).setdefault("schemas", {})
            problem = Problem.model_json_schema(ref_template="#/components/schemas/{model}")
            schemas.update(problem.pop("$defs", {}))
            schemas["Problem"] = problem
        return super().openapi()


def create_app(
    settings: Settings,
    transport: httpx.AsyncBaseTransport | None = None,
    clock: Clock = current_time,
    providers: Mapping[str, Provider] | None = None,
) -> FastAPI:
    """The application. Tests give a `transport` that reaches a fake bot, a clock and providers of their own."""
    http = httpx.AsyncClient(
        transport=transport,
        timeout=httpx.Timeout(settings.bot_timeout_seconds, connect=1.0),
        # A little room for health checks; idle connections end before the bot's server ends them (5 s), and are
        # few: before each request all of them are looked at.
        limits=httpx.Limits(
            max_connections=settings.max_turns_at_once + 10, max_keepalive_connections=8, keepalive_expiry=2.0
        ),
        trust_env=False,  # bot and actions are neighbours, never behind a proxy
    )
    outside = httpx.AsyncClient(
        limits=httpx.Limits(max_connections=100, max_keepalive_connections=8)
    )  # to the providers of messages, which set their own time-outs
    app = Gateway(
        title=renamed("ODOP Sahayak"),
        version=__version__,
        description=renamed("Answers questions about One District One Product in Hindi, English and Hinglish."),
        lifespan=_lifespan(http, outside),
        docs_url=None,  # the documentation pages would load files from elsewhere
        redoc_url=None,
    )
    app.state.settings, app.state.http = settings, http
    app.state.sentences = sentences = Sentences.load(settings.sentences_file)
    app.state.handovers = Handovers(settings, sentences, clock)
    bot = BotClient(http, settings.bot_url, settings.bot_token.get_secret_value(), settings.bot_timeout_seconds)
    app.state.bot = bot
    app.state.queues = Queues(app.state.handovers, clock)
    app.state.notes = Notes(settings, app.state.handovers, clock)
    app.state.grouping = Grouping(http, settings, app.state.handovers.database, app.state.notes.texts, clock)
    app.state.keeping = Keeping(settings, app.state.handovers.database, bot.tidy, clock)
    rights = Rights(settings, bot, app.state.handovers, clock)
    app.state.turns = _turns(settings, bot, sentences, app.state.handovers, app.state.notes, rights, clock)
    carrying = carriers(settings, outside) if providers is None else providers
    app.state.delivery = _delivery(app, carrying, clock, outside)
    app.state.phone = build_phone(settings, app.state.turns, app.state.handovers, clock, _texts(app))
    app.state.polls = _sessions(settings)  # apart from the messages, which may wait for the bot
    app.state.transcripts = _transcripts(settings, app.state.turns, app.state.handovers, clock)
    app.state.widget = Widget(settings, app.state.turns, app.state.handovers, _sessions(settings), clock)
    errors.add_handlers(app)
    for router in (
        api.router,
        staff.router,
        health.router,
        letters.router,
        metrics.router,
        phone.router,
        transcripts.router,
        twilio.router,
        page.router,
        widget.router,
        widget_files.router,
    ):
        app.include_router(router)
    app.mount("/console", create_console(app.state, clock))
    app.mount("/static", StaticFiles(directory=page.STATIC))
    app.add_middleware(BodyLimit, limit=settings.max_body_bytes)
    app.add_middleware(CatchAll)
    app.add_middleware(WidgetCors, settings=settings)
    app.add_middleware(SecurityHeaders)  # added last: the outermost
    return app


def _turns(
    settings: Settings,
    bot: BotClient,
    sentences: Sentences,
    handovers: Handovers,
    notes: Notes,
    rights: Rights,
    clock: Clock,
) -> Turns:
    return Turns(
        bot=bot,
        sentences=sentences,
        sessions=_sessions(settings),
        handovers=handovers,
        longest=settings.max_characters,
        kept=settings.remembered_turns,
        notes=notes,
        entries=entries_in(settings.entries_folder),
        rights=rights,
        within=settings.answer_within_seconds,
        switches=Switches(handovers),
        caps=Caps(settings.messages_a_minute, settings.messages_a_day, settings.remembered_sessions, clock),
    )


def _transcripts(settings: Settings, turns: Turns, store: Handovers, clock: Clock) -> Calls:
    """Transcripts of a telephony vendor."""
    secret, kept = settings.transcript_token.get_secret_value(), timedelta(hours=settings.transcript_hours)
    return Calls(turns, store, Records(store.database, secret, kept, clock), _sessions(settings), settings)


def _sessions(settings: Settings) -> Sessions:
    return Sessions(
        remembered=settings.remembered_sessions,
        waiting=settings.max_waiting_per_session,
        at_once=settings.max_turns_at_once,
    )


def _delivery(
    app: FastAPI, providers: Mapping[str, Provider], clock: Clock, outside: httpx.AsyncClient
) -> Delivery | None:
    """None while nobody carries messages: then there are no people on WhatsApp or SMS either."""
    settings: Settings = app.state.settings
    handovers: Handovers = app.state.handovers
    rates = {"whatsapp": settings.send_rate_whatsapp, "sms": settings.send_rate_sms}
    templates = {"whatsapp": settings.window_template_sid}
    carried = {name: Carrier(each, rates[name], templates.get(name, "")) for name, each in providers.items()}
    if not carried:
        return None
    speech, forget = voice_notes(settings, outside), app.state.bot.forget
    delivery = Delivery(settings, carried, app.state.turns, handovers.database, clock, speech, forget)
    handovers.connect(delivery.post, delivery.posted)
    return delivery


def _texts(app: FastAPI) -> TextMessages | None:
    """Who sends a caller the links; None where nobody carries SMS."""
    delivery: Delivery | None = app.state.delivery
    ours = senders(app.state.settings).get("sms")
    return OutboxTexts(delivery, ours) if delivery and ours else None


def _lifespan(http: httpx.AsyncClient, outside: httpx.AsyncClient) -> Any:
    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        handovers: Handovers = app.state.handovers
        await handovers.prepare()
        notes: Notes = app.state.notes
        notes.log.start()
        app.state.keeping.start()
        delivery: Delivery | None = app.state.delivery
        async with http, outside:
            if delivery:
                await delivery.start()
            yield
            if delivery:
                await delivery.close()
            await app.state.keeping.close()
        await app.state.grouping.close()
        await notes.log.close()
        handovers.close()

    return lifespan
