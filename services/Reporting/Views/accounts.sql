-- Which rows an account of a BI tool reads (deploy/bi-account.sh). What is said of accounts stays when the views are made from nothing.
CREATE SCHEMA IF NOT EXISTS bi_access;
CREATE TABLE IF NOT EXISTS bi_access.accounts (
  account text PRIMARY KEY,
  departments text[] CHECK (cardinality(departments) > 0),
  regions text[] CHECK (cardinality(regions) > 0),
  personal boolean NOT NULL
);
COMMENT ON TABLE bi_access.accounts IS 'Departments and regions whose rows an account of a BI tool reads, null for all; and whether personal columns are shown.';

-- By who has logged in, whatever role they took on since. Who owns the sets sees all of them; who stands nowhere sees nothing.
CREATE OR REPLACE VIEW bi_access.mine AS
SELECT a.departments, a.regions, a.personal FROM bi_access.accounts a WHERE a.account = session_user::text
UNION ALL
SELECT NULL::text[], NULL::text[], true FROM pg_namespace n
WHERE n.nspname = 'bi_all' AND pg_has_role(session_user, n.nspowner, 'USAGE')
  AND NOT EXISTS (SELECT FROM bi_access.accounts a WHERE a.account = session_user::text);

-- An empty answer would read as a figure of nothing: what cannot be cut to the account's rows is refused.
CREATE OR REPLACE FUNCTION bi_access.covers(has_department boolean, has_region boolean) RETURNS boolean
LANGUAGE plpgsql STABLE PARALLEL SAFE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $covers$
DECLARE mine record;
BEGIN
  SELECT * INTO mine FROM bi_access.mine;
  IF NOT FOUND THEN
    RAISE insufficient_privilege USING MESSAGE = format('account %s may read no rows', session_user),
      HINT = 'An operator says which ones: deploy/bi-account.sh limit.';
  END IF;
  IF (mine.departments IS NOT NULL AND NOT has_department) OR (mine.regions IS NOT NULL AND NOT has_region) THEN
    RAISE insufficient_privilege USING MESSAGE = 'this set is not for accounts of a department or region: it has no such column';
  END IF;
  RETURN true;
END $covers$;

-- The same for a figure of view figure_cases, at the first of its cases.
CREATE OR REPLACE FUNCTION bi_access.refuses(figure text) RETURNS boolean LANGUAGE plpgsql STABLE PARALLEL SAFE AS $refuses$
BEGIN
  RAISE insufficient_privilege USING MESSAGE = format('figure %s is not for accounts of a department or region: it has no such column', figure),
    HINT = 'Ask for other figures: WHERE figure = ''...''.';
END $refuses$;

-- The rule of RowScope, for every set alike. A barrier, so that no condition of the caller sees a row before it.
DO $make$
DECLARE
  one record;
  -- The figures of which some cases have no such column, as BiViews knows them.
  without_department text[] := ARRAY[figures_without_department];
  without_region text[] := ARRAY[figures_without_region];
BEGIN
  FOR one IN
    SELECT c.relname AS name, obj_description(c.oid, 'pg_class') AS about, c.relname = 'dates' AS concerns_nobody,
           bool_or(a.attname = 'department') AS has_department, bool_or(a.attname = 'region') AS has_region,
           string_agg(
             CASE WHEN col_description(c.oid, a.attnum) = 'personal'
             THEN format('CASE WHEN s.%1$I IS NULL OR (SELECT m.personal FROM bi_access.mine m) THEN s.%1$I ELSE ''***'' END AS %1$I', a.attname)
             ELSE format('s.%I', a.attname) END,
             ', ' ORDER BY a.attnum) AS columns
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace JOIN pg_attribute a ON a.attrelid = c.oid
    WHERE n.nspname = 'bi_all' AND c.relkind = 'v' AND a.attnum > 0
    GROUP BY c.oid, c.relname
  LOOP
    EXECUTE format('CREATE VIEW bi.%1$I WITH (security_barrier) AS SELECT %2$s FROM bi_all.%1$I s WHERE (SELECT bi_access.covers(%3$L, %4$L))',
      one.name, one.columns, one.has_department OR one.concerns_nobody, one.has_region OR one.concerns_nobody)
    || CASE WHEN one.has_department THEN
      ' AND ((SELECT m.departments IS NULL FROM bi_access.mine m) OR '
      || CASE WHEN one.name = 'figure_cases' THEN format('CASE WHEN s.figure = ANY (%L::text[]) THEN bi_access.refuses(s.figure) ELSE ', without_department) ELSE '' END
      || 's.department = ANY ((SELECT m.departments FROM bi_access.mine m)::text[])'
      || CASE WHEN one.name = 'figure_cases' THEN ' END)' ELSE ')' END
      ELSE '' END
    || CASE WHEN one.has_region THEN
      ' AND ((SELECT m.regions IS NULL FROM bi_access.mine m) OR '
      || CASE WHEN one.name = 'figure_cases' THEN format('CASE WHEN s.figure = ANY (%L::text[]) THEN bi_access.refuses(s.figure) ELSE ', without_region) ELSE '' END
      || 's.region = ANY ((SELECT m.regions FROM bi_access.mine m)::text[])'
      || CASE WHEN one.name = 'figure_cases' THEN ' END)' ELSE ')' END
      ELSE '' END;
    EXECUTE format('COMMENT ON VIEW bi.%I IS %L', one.name, one.about);
  END LOOP;
END $make$;

