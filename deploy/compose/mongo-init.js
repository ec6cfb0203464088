// Runs once, when the volume is empty: the account of Surveys, which reaches its own database only.
db.getSiblingDB("surveys").createUser({
  user: "surveys",
  pwd: process.env.SURVEYS_DB_PASSWORD,
  roles: [{ role: "readWrite", db: "surveys" }, { role: "dbAdmin", db: "surveys" }],
});
