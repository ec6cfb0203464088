// Pulls a set page by page and prints what it found: node odata.mjs ADDRESS FILTER
import { o } from "odata";

const [address, filter] = process.argv.slice(2);
const headers = { Authorization: `Bearer ${process.env.TOKEN}`, Accept: "application/json" };
const service = o(address, { headers });
const [first] = [await service.get("complaints").query({ $filter: filter, $count: true, $top: 1 })].flat();
const groups = await service
  .get("complaints")
  .query({ $apply: `filter(${filter})/groupby((severity),aggregate($count as cases))` });

const counted = await service.get("complaints/$count").query({ $filter: filter });

const ids = new Set();
let link = new URL(`complaints?$filter=${encodeURIComponent(filter)}&$select=complaintId&$count=true`, address).toString();
let count = 0;
let pages = 0;
while (link) {
  const url = new URL(link);
  const page = await (await o(`${url.origin}${url.pathname.replace(/complaints$/, "")}`, { headers }).get(`complaints${url.search}`).fetch()).json();
  count = page["@odata.count"] ?? count;
  page.value.forEach((row) => ids.add(row.complaintId));
  link = page["@odata.nextLink"];
  pages++;
}

console.log(JSON.stringify({ first: first?.complaintId ?? null, count, pages, ids: ids.size, counted, groups }));
