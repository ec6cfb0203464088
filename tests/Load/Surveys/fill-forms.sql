-- :forms answered forms of a year that ends yesterday, with half as many invitations that nobody answered, straight into the
-- migrated schema. Indices are built afterwards, which is faster.
create table gone_indices as
select indexdef, format('drop index %I', indexname) as gone
from pg_indexes where schemaname = 'public' and tablename in ('responses', 'invitations')
  and indexname not in (select conname from pg_constraint);
do $do$ declare one record; begin for one in select gone from gone_indices loop execute one.gone; end loop; end $do$;
-- next
insert into responses (id, version, body)
select ('01800000-0000-7000-8000-' || lpad(to_hex(i), 12, '0'))::uuid, 1, jsonb_build_object(
  'id', '01800000-0000-7000-8000-' || lpad(to_hex(i), 12, '0'), 'version', 1, 'state', 'received', 'auditHead', '',
  'invitationId', '01800000-0000-7000-9000-' || lpad(to_hex(i), 12, '0'),
  'customerId', '01800000-0000-7000-a000-' || lpad(to_hex(i / 20), 12, '0'), 'customerName', '客戶 ' || i / 20,
  'survey', k.kind, 'mode', case i % 10 when 0 then 'paper' when 1 then 'interview' else 'online' end,
  'judged', k.judged, 'product', 'DJ-' || i % 50, 'overall', g.grade, 'verdict', case g.grade
    when 'dissatisfied' then 'complaint' when 'rather-dissatisfied' then 'warning' else 'content' end,
  'receivedOn', to_char(d.day, 'YYYY-MM-DD'), 'isFiled', true, 'source', 'special', 'questionnaireVersion', 1,
  'policyVersion', 1, 'receivedAt', to_char(d.day, 'YYYY-MM-DD') || 'T04:00:00.000Z', 'wantsAnswer', false,
  'items', jsonb_build_array(
    jsonb_build_object('item', 'E.speed', 'grade', g.grade), jsonb_build_object('item', 'E.skill', 'grade', 'satisfied'),
    jsonb_build_object('item', 'A.performance', 'grade', 'fairly-satisfied')))
from generate_series(0, :forms - 1) as i,
  lateral (select current_date - 1 - (i::bigint * 7919 % 365)::int as day) as d,
  lateral (select (array['A', 'B', 'C', 'D'])[1 + i % 4] as kind,
    (array['engineering', 'sales', 'repair', 'quality', 'engineering sales'])[1 + i % 5] as judged) as k,
  lateral (select (array['very-satisfied', 'satisfied', 'satisfied', 'fairly-satisfied', 'fairly-satisfied',
    'rather-dissatisfied', 'dissatisfied'])[1 + (i::bigint * 31 % 7)::int] as grade) as g;
-- next
insert into invitations (id, version, body)
select ('01800000-0000-7000-9000-' || lpad(to_hex(i), 12, '0'))::uuid, 1, jsonb_build_object(
  'id', '01800000-0000-7000-9000-' || lpad(to_hex(i), 12, '0'), 'version', 1, 'auditHead', '',
  'state', case when i < :forms then 'answered' when d.day < current_date - 30 then 'expired' else 'sent' end,
  'tokenHash', 'load-' || i, 'survey', (array['A', 'B', 'C', 'D'])[1 + i % 4],
  'customerId', '01800000-0000-7000-a000-' || lpad(to_hex(i / 20), 12, '0'), 'channel', 'message',
  'judged', (array['engineering', 'sales', 'repair', 'quality', 'engineering sales'])[1 + i % 5],
  'product', 'DJ-' || i % 50, 'isPartial', i % 40 = 0, 'sentOn', to_char(d.day, 'YYYY-MM-DD'),
  'expiresAt', to_char(d.day + 30, 'YYYY-MM-DD') || 'T16:00:00.000Z')
from generate_series(0, :forms * 3 / 2 - 1) as i,
  lateral (select current_date - 1 - (i::bigint * 7919 % 365)::int as day) as d;
-- next
do $do$ declare one record; begin for one in select indexdef from gone_indices loop execute one.indexdef; end loop; end $do$;
-- next
drop table gone_indices;
-- next
vacuum analyze responses;
-- next
vacuum analyze invitations
