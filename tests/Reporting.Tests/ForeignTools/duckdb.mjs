// Asks DuckDB about a Parquet file: node duckdb.mjs FILE SQL, where the file is the table rows.
import { DuckDBInstance } from "@duckdb/node-api";

const [file, sql] = process.argv.slice(2);
const connection = await (await DuckDBInstance.create()).connect();
await connection.run(`CREATE VIEW rows AS SELECT * FROM read_parquet('${file.replaceAll("'", "''")}')`);
const read = await connection.runAndReadAll(sql);
console.log(JSON.stringify(read.getRowsJson()));
