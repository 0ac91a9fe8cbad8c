"""Roles and database of a new cluster; running it again changes nothing."""

import psycopg
from psycopg import sql

DATABASE = "imo"
ROLES = {"app": "imo_app", "owner": "imo_owner", "superuser": "postgres"}


def provision(superuser_url: str) -> None:
    """Makes the two roles, neither a superuser, and the owner's database.

    The owner is a member of the application's role, so that tests can `SET ROLE` to it; the database is made
    last: who can connect to it knows that everything is there.
    """
    app, owner = ROLES["app"], ROLES["owner"]
    with psycopg.connect(superuser_url, autocommit=True) as connection:
        _ensure_role(connection, app, "LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE")
        _ensure_role(connection, owner, "LOGIN NOSUPERUSER CREATEDB NOCREATEROLE")
        connection.execute(sql.SQL("GRANT {} TO {}").format(sql.Identifier(app), sql.Identifier(owner)))
        if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]).fetchone():
            create = sql.SQL("CREATE DATABASE {} OWNER {}")
            connection.execute(create.format(sql.Identifier(DATABASE), sql.Identifier(owner)))


def _ensure_role(connection: psycopg.Connection, name: str, rights: str) -> None:
    known = connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [name]).fetchone()
    statement = "ALTER ROLE {} " if known else "CREATE ROLE {} "
    connection.execute(sql.SQL(statement + rights).format(sql.Identifier(name)))
