using CustomerService.Testing;
using Npgsql;

namespace CustomerService.Servers.Tests;

public sealed class PostgresTests(PostgresFixture postgres)
{
    [Fact]
    public async Task The_owner_of_a_database_can_make_tables_in_it()
    {
        var database = await postgres.NewDatabaseAsync();
        await using var source = NpgsqlDataSource.Create(database.ConnectionString);
        await using var command = source.CreateCommand(
            "CREATE TABLE t (id int); INSERT INTO t VALUES (1), (2); SELECT count(*) FROM t"
        );
        (await command.ExecuteScalarAsync()).ShouldBe(2L);
    }

    [Fact]
    public async Task An_account_reaches_its_own_database_only()
    {
        var (mine, other) = (await postgres.NewDatabaseAsync(), await postgres.NewDatabaseAsync());
        foreach (var foreign in (string[])[other.Name, "postgres", "template1"])
        {
            await using var source = NpgsqlDataSource.Create(
                new NpgsqlConnectionStringBuilder(mine.ConnectionString) { Database = foreign, Pooling = false }
            );
            var refused = await Should.ThrowAsync<PostgresException>(async () => await source.OpenConnectionAsync());
            refused.SqlState.ShouldBe(PostgresErrorCodes.InsufficientPrivilege, foreign);
        }
    }

    [Fact]
    public async Task Making_a_database_again_keeps_its_contents_and_takes_the_new_password()
    {
        var server = await postgres.ServerAsync();
        var first = await postgres.NewDatabaseAsync();
        await using (var source = NpgsqlDataSource.Create(first.ConnectionString))
        await using (var command = source.CreateCommand("CREATE TABLE kept (id int)"))
        {
            await command.ExecuteNonQueryAsync();
        }

        var again = await server.CreateDatabaseAsync(first.Name, first.Name, "it's another: ÿ'\\");
        await using var second = NpgsqlDataSource.Create(again);
        await using var question = second.CreateCommand("SELECT count(*) FROM kept");
        (await question.ExecuteScalarAsync()).ShouldBe(0L);
        await using var old = NpgsqlDataSource.Create(
            new NpgsqlConnectionStringBuilder(first.ConnectionString) { Pooling = false }
        );
        (await Should.ThrowAsync<PostgresException>(async () => await old.OpenConnectionAsync())).SqlState.ShouldBe(
            PostgresErrorCodes.InvalidPassword
        );
    }

    [Fact]
    public async Task A_private_server_keeps_its_data_over_a_stop_and_leaves_no_process()
    {
        Assert.SkipUnless((await postgres.ServerAsync()).IsPrivate, "The server is given or runs in a container.");
        var folder = Machine.NewTemporaryFolder("restart");
        await using (var first = await PostgresServer.StartAsync(new ServerOptions(folder)))
        {
            await first.CreateDatabaseAsync("kept", "kept", "secret");
        }

        (await Processes.UsingAsync(folder)).ShouldBeEmpty();
        await using (var second = await PostgresServer.StartAsync(new ServerOptions(folder) { Temporary = true }))
        {
            await using var source = NpgsqlDataSource.Create(second.AdministratorConnectionString);
            await using var question = source.CreateCommand("SELECT count(*) FROM pg_database WHERE datname = 'kept'");
            (await question.ExecuteScalarAsync()).ShouldBe(1L);
        }

        Directory.Exists(folder).ShouldBeFalse();
    }
}
