-- The group of the accounts for BI tools, see deploy/bi-account.sh. It may not be there.
DO $$
BEGIN
  IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'customer_service_bi') THEN
    GRANT USAGE ON SCHEMA bi TO customer_service_bi;
    GRANT SELECT ON ALL TABLES IN SCHEMA bi TO customer_service_bi;
  END IF;
END $$;
