using System.Text.Json.Nodes;
using CustomerService.Records;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using CustomerService.Surveys.Data;
using CustomerService.Surveys.Invitations;
using CustomerService.Surveys.Invitations.Domain;
using CustomerService.Surveys.ServicePoints.Features;
using CustomerService.Surveys.Store;
using CustomerService.Surveys.Store.Postgres;
using CustomerService.Surveys.Tests.Domain;
using CustomerService.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;

namespace CustomerService.Surveys.Tests;

/// <summary>The query language, without a server.</summary>
public sealed class DocumentQueryTests
{
    [Theory]
    [Trait("Rule", "C5.8.2")]
    [InlineData("sent", 0, true)]
    [InlineData("sent", -1, false)]
    [InlineData("opened", 0, true)]
    [InlineData("opened", -1, false)]
    [InlineData("answered", 0, false)]
    [InlineData("withdrawn", 0, false)]
    [InlineData("expired", 0, false)]
    public void Given_an_invitation_When_it_is_asked_for_as_overdue_Then_the_rule_and_the_query_agree(
        string state,
        int milliseconds,
        bool overdue
    )
    {
        var invitation = A.Invitation().At(Spelling.FromKebab<InvitationState>(state)!.Value);
        var now = invitation.ExpiresAt.AddMilliseconds(milliseconds);

        InvitationDeadlines.IsOverdue(invitation, now).ShouldBe(overdue);
        Matches(InvitationDocument.Overdue(now), invitation).ShouldBe(overdue);
    }

    [Fact]
    public void Given_a_filter_that_is_not_given_When_it_is_applied_Then_it_keeps_all()
    {
        var all = DocumentQuery<Invitation>
            .All.Where(i => i.CustomerId, null)
            .Where(i => i.SourceId, null)
            .Where(i => i.Department, null)
            .In(i => i.State, null)
            .Between(i => i.SentOn, null, null);

        all.Conditions.ShouldBeEmpty();
    }

    [Fact]
    public void Given_values_When_they_become_conditions_Then_they_are_spelled_as_in_the_document()
    {
        var id = Guid.CreateVersion7();

        DocumentQuery<Invitation>
            .All.Where(i => i.Id, id)
            .Where(i => i.SourceId, (Guid?)id)
            .Where(i => i.Version, 7L)
            .Between(i => i.SentOn, A.Day("2026-01-02"), null)
            .Conditions.ShouldBe([
                new Condition.EqualTo("id", id.ToString()),
                new Condition.EqualTo("sourceId", id.ToString()),
                new Condition.EqualTo("version", 7L),
                new Condition.Within("sentOn", "2026-01-02", null),
            ]);
    }

    [Fact]
    public void Given_a_member_of_a_part_When_it_is_asked_for_Then_it_fails() =>
        Should.Throw<ArgumentException>(() => DocumentQuery<Invitation>.All.Where(i => i.SentBy.Name, "x"));

    [Fact]
    public void Given_a_member_that_no_description_names_When_it_is_asked_for_Then_it_fails() =>
        Should
            .Throw<InvalidOperationException>(() => InvitationDocument.Type.Member("phone"))
            .Message.ShouldContain("phone");

    [Fact]
    public void Given_the_descriptions_When_they_are_listed_Then_each_aggregate_of_the_service_has_one()
    {
        var aggregates = typeof(SurveysService)
            .Assembly.GetTypes()
            .Concat(typeof(IRecordStore).Assembly.GetTypes())
            .Concat(typeof(ICommandStore).Assembly.GetTypes())
            .Where(type => type is { IsAbstract: false } && type.IsAssignableTo(typeof(Aggregate)));

        SurveyDocuments.All.Select(type => type.Record).ShouldBe(aggregates, ignoreOrder: true);
    }

    [Fact]
    public async Task Given_a_context_from_the_pool_When_it_is_used_again_Then_nothing_of_its_last_user_is_left()
    {
        // No server is asked here.
        var pool = new PooledDbContextFactory<SurveysDb>(
            new DbContextOptionsBuilder<SurveysDb>().UseNpgsql("Host=127.0.0.1;Port=1").Options,
            poolSize: 1
        );
        Invitation invitation = A.Invitation();
        var row = new DocumentRow
        {
            Id = invitation.Id,
            Version = 1,
            Body = DocumentJson.Write(invitation),
        };
        var first = await pool.CreateDbContextAsync();
        var left = first.Watch<Invitation>(row);
        first.Watch<Invitation>(row).ShouldBeSameAs(left);
        await first.DisposeAsync();

        await using var second = await pool.CreateDbContextAsync();

        second.ShouldBeSameAs(first);
        second.Watch<Invitation>(row).ShouldNotBeSameAs(left);
    }

    [Theory]
    [Trait("Rule", "T1")]
    [InlineData("repair", Roles.DepartmentHead, false)]
    [InlineData("repair", Roles.Qc, false)]
    [InlineData("quality", Roles.Qc, true)]
    [InlineData("quality", Roles.Assessor, true)]
    public void Given_a_mystery_visit_to_come_When_staff_look_Then_its_site_alone_does_not_see_it(
        string department,
        string role,
        bool sees
    )
    {
        var planned = AssessmentRules.Plan(A.Context(Someone.InQuality()), mystery: true).Required();
        var open = AssessmentRules.Plan(A.Context(Someone.InQuality())).Required();
        var seen = AssessmentAccess.VisibleTo(Someone.With("somebody", department, role));

        Matches(seen, planned).ShouldBe(sees);
        Matches(seen, open).ShouldBeTrue("of a round the site knows");
        AssessmentRules.Held(planned);
        Matches(seen, planned).ShouldBeTrue("what was found the site signs");
    }

    // A third reading of the language, as plain as can be.
    private static bool Matches<T>(DocumentQuery<T> query, T record)
        where T : Aggregate
    {
        var document = JsonNode.Parse(DocumentJson.Write(record))!;
        return query.Conditions.All(condition =>
        {
            var value = document[condition.Member]!.ToString();
            return condition switch
            {
                Condition.EqualTo equal => value.Equals(equal.Value),
                Condition.OtherThan other => value != other.Value,
                Condition.OneOf one => one.Values.Contains(value),
                Condition.Within within => (within.From is not string from || string.CompareOrdinal(value, from) >= 0)
                    && (within.To is not string to || string.CompareOrdinal(value, to) <= 0),
                _ => throw new NotSupportedException(),
            };
        });
    }
}
