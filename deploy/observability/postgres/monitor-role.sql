\set password `cat /credentials/monitor/password`

select 'create role monitor' where not exists (select from pg_roles where rolname = 'monitor')
\gexec

alter role monitor login nosuperuser nocreatedb nocreaterole noreplication connection limit 4 password :'password';
grant pg_monitor to monitor;
grant connect on database :"DBNAME" to monitor;
