-- Notes which months of which facts a transaction changed, whoever writes them: what was summed before is then not used (see FigureSums).
-- A day of a part, say of a step that is due, counts for the facts that it belongs to.
DO $make$
DECLARE
  one record;
BEGIN
  FOR one IN
    SELECT c.relname AS name,
           coalesce((SELECT p.relname FROM pg_constraint f JOIN pg_class p ON p.oid = f.confrelid
                     WHERE f.conrelid = c.oid AND f.contype = 'f' LIMIT 1), c.relname) AS fact,
           string_agg(
             CASE WHEN a.atttypid = 'date'::regtype THEN format('(c.%I)', a.attname) ELSE format('(bi.day_of(c.%I))', a.attname) END,
             ', ' ORDER BY a.attnum) AS days
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace JOIN pg_attribute a ON a.attrelid = c.oid
    WHERE n.nspname = 'public' AND c.relkind = 'r' AND (c.relname LIKE 'fact\_%' OR c.relname = 'dim_project')
      AND a.attnum > 0 AND NOT a.attisdropped AND a.attname <> 'changed_at'
      AND a.atttypid IN ('date'::regtype, 'timestamptz'::regtype)
    GROUP BY c.oid, c.relname
  LOOP
    EXECUTE format($of$
      CREATE FUNCTION bi_all.%1$I() RETURNS trigger LANGUAGE plpgsql AS $note$
      BEGIN
        INSERT INTO public.changed_facts (fact, month, changed_in)
        SELECT DISTINCT %2$L, date_trunc('month', d.day)::date, pg_current_xact_id()
        FROM changed c CROSS JOIN LATERAL (VALUES %3$s) AS d(day) WHERE d.day IS NOT NULL
        ON CONFLICT DO NOTHING;
        RETURN NULL;
      END $note$;
      CREATE TRIGGER note_added AFTER INSERT ON public.%4$I REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION bi_all.%1$I();
      CREATE TRIGGER note_changed AFTER UPDATE ON public.%4$I REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION bi_all.%1$I();
      CREATE TRIGGER note_changed_from AFTER UPDATE ON public.%4$I REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION bi_all.%1$I();
      CREATE TRIGGER note_removed AFTER DELETE ON public.%4$I REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION bi_all.%1$I();
      $of$, 'changed_' || one.name, one.fact, one.days, one.name);
  END LOOP;
END $make$;

-- Days of instants, as the views compute them.
DROP INDEX IF EXISTS public.ix_fact_work_item_due_day;
CREATE INDEX ix_fact_work_item_due_day ON public.fact_work_item (((due_at AT TIME ZONE 'company_zone')::date));
DROP INDEX IF EXISTS public.ix_fact_retention_erased_day;
CREATE INDEX ix_fact_retention_erased_day ON public.fact_retention (((erased_at AT TIME ZONE 'company_zone')::date));

-- Breaches of a period: projects by the end of their horizon, and whether one of them has a revisit that was held.
DROP INDEX IF EXISTS public.ix_dim_project_horizon_ended;
CREATE INDEX ix_dim_project_horizon_ended ON public.dim_project ((coalesce(warranty_ends_on, revisit_breached_on)), id)
  WHERE revisit_breached_on IS NOT NULL;
DROP INDEX IF EXISTS public.ix_fact_revisit_held;
CREATE INDEX ix_fact_revisit_held ON public.fact_revisit (project_id) WHERE held_on IS NOT NULL;

-- Sums of figures as they were defined before; whoever makes sums at this moment is waited for.
SELECT pg_advisory_xact_lock(hashtextextended('figure-sums', 0));
DELETE FROM public.figure_sums;
DELETE FROM public.figure_months;
