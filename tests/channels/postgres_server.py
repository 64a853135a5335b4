"""What is asked of a PostgreSQL of the tests itself."""

from sqlalchemy import create_engine, text


def administer(address: str, *statements: str) -> None:
    engine = create_engine(address, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        for statement in statements:
            connection.execute(text(statement))
    engine.dispose()


def in_database(server: str, name: str) -> str:
    """Its address, from that of the server's own database."""
    return server.replace("/postgres?", f"/{name}?")
