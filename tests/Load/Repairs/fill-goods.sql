-- :units units of machines, :of in each RMA, straight into the migrated schema. Ninety-eight of a hundred are over; of those
-- that are here most have moved lately. Indices are built afterwards, which is faster.
create table gone_indices as
select indexdef, format('drop index %I', indexname) as gone
from pg_indexes where schemaname = 'public' and tablename in ('rma_units', 'rmas')
  and indexname not in (select conname from pg_constraint);
do $do$ declare one record; begin for one in select gone from gone_indices loop execute one.gone; end loop; end $do$;
-- next
insert into product_models (id, code, code_key, name, warranty_months, warranty_start, components, version, audit_sequence,
  audit_head, work_actions)
values ('00000000-0000-7000-8000-00000000a0de', 'DJ-200', 'dj-200', '變頻電機', 24, 'Purchase',
  '[{"code":"MAINBOARD","name":"主控板"}]', 1, 1, '', '');
-- next
insert into organisation_copies (id, version, name, kind, merge_version, region, addresses)
select ('01800000-0000-7000-a000-' || lpad(to_hex(i), 12, '0'))::uuid, 1, '客戶 ' || i, 'Customer', 0, 'east', '[]'
from generate_series(0, :units / :of / 20) as i;
-- next
insert into rmas (id, number, customer_id, customer_name, customer, source, lines, quantity, serial_keys, declared_on,
  declared_by, policy_version, received_items, received, units_made, count, confirmations, version, audit_sequence,
  audit_head, work_actions, state)
select ('01800000-0000-7000-9000-' || lpad(to_hex(i), 12, '0'))::uuid, 'RMA-2020-' || lpad(i::text, 7, '0'), c.id, c.name,
  jsonb_build_object('id', c.id, 'name', c.name), 'Request', '[]', :of, array[]::text[], date '2016-01-01' + (i % 3600),
  '{"actorId":"x","name":"x","at":"2020-01-01T00:00:00+00:00"}', 1, '[]', :of, :of,
  '{"asDeclared":[],"unexpected":[],"missing":[]}', '[]', 1, 1, '', '', 'Closed'
from generate_series(0, (:units - 1) / :of) as i,
  lateral (select ('01800000-0000-7000-a000-' || lpad(to_hex(i / 20), 12, '0'))::uuid as id, '客戶 ' || i / 20 as name) as c;
-- next
insert into rma_units (id, number, rma_id, rma_number, customer_id, customer_name, model_id, model_code, model_name, serial,
  serial_key, quantity, declared_on, received_on, policy_version, contacts, offers, offer_reminders, works, verdicts,
  movements, version, audit_sequence, audit_head, work_actions, state, place, held_since, passed_on, settled_on, ended_on)
select ('01800000-0000-7000-8000-' || lpad(to_hex(i), 12, '0'))::uuid,
  'RMA-2020-' || lpad((i / :of)::text, 7, '0') || '-' || lpad((i % :of)::text, 3, '0'),
  ('01800000-0000-7000-9000-' || lpad(to_hex(i / :of), 12, '0'))::uuid, 'RMA-2020-' || lpad((i / :of)::text, 7, '0'),
  ('01800000-0000-7000-a000-' || lpad(to_hex(i / :of / 20), 12, '0'))::uuid, '客戶 ' || i / :of / 20,
  '00000000-0000-7000-8000-00000000a0de', 'DJ-200', '變頻電機', 'SN-' || lpad(i::text, 8, '0'),
  'sn-' || lpad(i::text, 8, '0'), 1, d.day, d.day, 1, '[]', '[]', 0, '[]', '[]', '[]', 1, 1, '', '',
  case when not d.here then 'Delivered' when i % 3 = 0 then 'InRepair' else 'Diagnosing' end,
  case when d.here then 'Repair' end,
  case when d.here then now() - make_interval(hours => (i::bigint * 7919 % 400)::int) end,
  case when not d.here then d.day + 10 end, case when not d.here then d.day + 10 end,
  case when not d.here then d.day + 20 end
from generate_series(0, :units - 1) as i,
  lateral (select date '2016-01-01' + (i % 3600) as day, i % 50 = 0 as here) as d;
-- next
do $do$ declare one record; begin for one in select indexdef from gone_indices loop execute one.indexdef; end loop; end $do$;
-- next
drop table gone_indices;
-- next
vacuum analyze rma_units;
-- next
vacuum analyze rmas;
-- next
vacuum analyze organisation_copies
