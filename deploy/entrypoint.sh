#!/bin/sh
# web | worker | beat | migrate | any management command
set -eu
PATH=/srv/awards/.venv/bin:$PATH
case "${1:-web}" in
web)
    exec gunicorn config.wsgi:application --bind 0.0.0.0:8000 --workers "${WEB_WORKERS:-3}" --worker-tmp-dir /dev/shm \
        --max-requests 5000 --max-requests-jitter 500 --access-logfile /dev/null --forwarded-allow-ips '*'
    ;;
worker)
    exec celery -A config worker --loglevel INFO --concurrency "${WORKER_PROCESSES:-2}" --max-tasks-per-child 500
    ;;
beat)
    exec celery -A config beat --loglevel INFO --pidfile /tmp/beat.pid
    ;;
migrate)
    # As the owner of the tables; then the application's role is told what it may do in them.
    owner=${DATABASE_OWNER_URL:-$DATABASE_URL}
    python manage.py check --deploy --tag documents
    DATABASE_URL=$owner python manage.py migrate --noinput
    if [ -n "${APP_DATABASE_USER:-}" ]; then
        psql --quiet --set ON_ERROR_STOP=1 --set app="$APP_DATABASE_USER" --file deploy/postgres-roles.sql "$owner"
    fi
    python manage.py policy load fixtures/policies/*.yaml
    ;;
*)
    exec python manage.py "$@"
    ;;
esac
