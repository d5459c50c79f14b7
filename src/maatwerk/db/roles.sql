-- The roles of maatwerk and their rights on the database you are connected to. Run as a superuser, as often as you
-- like; passwords are given apart (ALTER ROLE ... PASSWORD). No running process uses maatwerk_backup.
DO $$
DECLARE
    wanted text;
BEGIN
    FOREACH wanted IN ARRAY ARRAY[
        'maatwerk_owner', 'maatwerk_migrate', 'maatwerk_app', 'maatwerk_dispatch', 'maatwerk_backup'
    ] LOOP
        IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = wanted) THEN
            EXECUTE format('CREATE ROLE %I', wanted);
        END IF;
    END LOOP;
END
$$;

ALTER ROLE maatwerk_owner    NOLOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE NOINHERIT NOREPLICATION;
ALTER ROLE maatwerk_migrate  LOGIN   NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE INHERIT   NOREPLICATION;
ALTER ROLE maatwerk_app      LOGIN   NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE NOINHERIT NOREPLICATION;
ALTER ROLE maatwerk_dispatch LOGIN   NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE NOINHERIT NOREPLICATION;
ALTER ROLE maatwerk_backup   NOLOGIN NOSUPERUSER BYPASSRLS   NOCREATEDB NOCREATEROLE INHERIT   NOREPLICATION;

GRANT maatwerk_owner TO maatwerk_migrate;
GRANT pg_read_all_data TO maatwerk_backup;

-- What a migration makes belongs to the owner, whoever runs it.
ALTER ROLE maatwerk_migrate SET role TO maatwerk_owner;

DO $$
BEGIN
    EXECUTE format('ALTER DATABASE %I OWNER TO maatwerk_owner', current_database());
    EXECUTE format('REVOKE ALL ON DATABASE %I FROM PUBLIC', current_database());
    EXECUTE format(
        'GRANT CONNECT ON DATABASE %I TO maatwerk_migrate, maatwerk_app, maatwerk_dispatch, maatwerk_backup',
        current_database()
    );
END
$$;

REVOKE ALL ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO maatwerk_app, maatwerk_dispatch, maatwerk_backup;
