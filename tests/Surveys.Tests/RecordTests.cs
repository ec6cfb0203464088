using CustomerService.Surveys.Questionnaires.Domain;
using CustomerService.Testing;

namespace CustomerService.Surveys.Tests;

/// <summary>Notes, followers, tags, links and timeline of invitations: on PostgreSQL, or on the MongoDB that
/// <c>CS_MONGO</c> names.</summary>
public sealed class InvitationRecordTests(SurveysFixture fixture) : RecordsContract<SurveysFixture>(fixture, "surveys")
{
    protected override async Task<TestedRecord> NewAsync()
    {
        var customer = Guid.CreateVersion7();
        var (id, _) = await Fixture.InviteAsync(customer);
        return new("invitation", $"/v1/invitations/{id}", id, customer);
    }
}

/// <summary>The same of responses.</summary>
public sealed class ResponseRecordTests(SurveysFixture fixture) : RecordsContract<SurveysFixture>(fixture, "surveys")
{
    protected override async Task<TestedRecord> NewAsync()
    {
        var customer = Guid.CreateVersion7();
        var (_, token) = await Fixture.InviteAsync(customer);
        var form = new FilledForm { Overall = "satisfied", Items = [] };
        var receipt = (await Fixture.Anonymous().PostAsync($"/v1/f/{token}", form)).Ok();
        return new("response", $"/v1/responses/{receipt.Id}", receipt.Id, customer);
    }
}

/// <summary>The same of half-year reviews, which no outsider sees.</summary>
public sealed class HalfYearReviewRecordTests(SurveysFixture fixture)
    : RecordsContract<SurveysFixture>(fixture, "surveys")
{
    private static int s_year = 2000;

    protected override async Task<TestedRecord> NewAsync()
    {
        var body = new { year = Interlocked.Increment(ref s_year), half = 2 };
        var opened = (await Fixture.As(Someone.InCustomerService()).PostAsync("/v1/half-year-reviews", body)).Ok();
        return new("half-year-review", $"/v1/half-year-reviews/{opened.Id}", opened.Id, null);
    }
}

/// <summary>Keeping and erasing of responses, which are closed when they come.</summary>
public sealed class ResponseKeepingTests(SurveysFixture fixture) : KeepingContract<SurveysFixture>(fixture, "surveys")
{
    protected override async Task<TestedRecord> ClosedAsync()
    {
        var customer = Guid.CreateVersion7();
        var (_, token) = await Fixture.InviteAsync(customer);
        var form = new FilledForm { Overall = "satisfied", Items = [] };
        var receipt = (await Fixture.Anonymous().PostAsync($"/v1/f/{token}", form)).Ok();
        return new("response", $"/v1/responses/{receipt.Id}", receipt.Id, customer);
    }
}
