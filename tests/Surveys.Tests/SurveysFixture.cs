using CustomerService.Contracts.Repairs.V1;
using CustomerService.Rules;
using CustomerService.Surveys.Data;
using CustomerService.Surveys.Invitations.Features;
using CustomerService.Surveys.Store;
using CustomerService.Surveys.Tests;
using CustomerService.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

[assembly: AssemblyFixture(typeof(MongoFixture))]
[assembly: AssemblyFixture(typeof(SurveysFixture))]

namespace CustomerService.Surveys.Tests;

/// <summary>The Surveys service on PostgreSQL and RabbitMQ.</summary>
public sealed class SurveysFixture() : ServiceFixture("surveys", typeof(SurveysDb))
{
    public ApiClient Sales => As(Someone.InSales());

    /// <summary>Holds a look-up where a test wants it.</summary>
    public Gate Gate { get; } = new();

    protected override IReadOnlyDictionary<string, string> Settings { get; } =
        new Dictionary<string, string>
        {
            ["Surveys:PublicUrl"] = "https://care.example/",
            ["Surveys:SweepSeconds"] = "3600",
        };

    /// <summary>Asks a customer; the invitation and the token in its link.</summary>
    public async Task<(Guid Id, string Token)> InviteAsync(Guid? customer = null)
    {
        var sent = (await Sales.PostAsync("/v1/invitations", Request(customer: customer))).Ok();
        return (sent.Id, sent.Text("link").Split('/')[^1]);
    }

    /// <summary>A repair that is done.</summary>
    public static RepairOrderReturned Returned() =>
        new(
            Guid.CreateVersion7(),
            9,
            "WX-2026-000007",
            Guid.CreateVersion7(),
            "永安花園二期",
            Guid.CreateVersion7(),
            "永安置業有限公司",
            "李主任",
            "010-6555-0101",
            "roof",
            Guid.CreateVersion7(),
            "自有維修隊",
            "yes",
            new DateOnly(2026, 3, 2),
            new DateOnly(2026, 3, 9),
            0,
            0
        );

    /// <summary>Puts the end of an invitation into the past, past all rules.</summary>
    public async Task ExpireAsync(Guid id)
    {
        await using var store = Store<SurveysDb>();
        (
            await store.Db.Database.ExecuteSqlAsync(
                $$"""
                UPDATE invitations SET body = jsonb_set(body, '{expiresAt}', '"2026-01-01T00:00:00.000Z"')
                WHERE id = {{id}}
                """
            )
        ).ShouldBe(1);
    }

    /// <inheritdoc/>
    protected override WebApplication Build(string[] args, Action<IServiceCollection> replace) =>
        SurveysService.Build(args, replace);

    /// <inheritdoc/>
    protected override void Replace(IServiceCollection services)
    {
        var store = services.Single(s => s.ServiceType == typeof(IDocumentStore)).ImplementationType!;
        services.AddScoped(store);
        services.AddScoped(provider => HeldStore.Of((IDocumentStore)provider.GetRequiredService(store), Gate));
    }

    internal static SendInvitation.Request Request(string kind = "D", Guid? customer = null) =>
        new()
        {
            Kind = kind,
            CustomerId = customer ?? Guid.CreateVersion7(),
            CustomerName = "永安置業有限公司",
            Contact = "李主任",
            Phone = "010-6555-0101",
        };
}
