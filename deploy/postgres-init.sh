#!/bin/sh
# Runs once, when the database's folder is empty: the application's role, which owns nothing.
set -eu
psql --set ON_ERROR_STOP=1 --username "$POSTGRES_USER" --dbname "$POSTGRES_DB" \
    --set app="$APP_DATABASE_USER" --set password="$APP_DATABASE_PASSWORD" --set database="$POSTGRES_DB" <<'SQL'
CREATE ROLE :"app" LOGIN PASSWORD :'password' NOSUPERUSER NOCREATEDB NOCREATEROLE;
GRANT CONNECT ON DATABASE :"database" TO :"app";
SQL
