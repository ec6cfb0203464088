using CustomerService.Repairs.Data;
using CustomerService.Repairs.Domain.RepairOrders;
using CustomerService.Repairs.Questions;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;

namespace CustomerService.Repairs.Features.RepairOrders;

/// <summary>Opens an order, whether a person or an event asked for it: due day from the policy, warranty from
/// Projects, then the number.</summary>
internal sealed class Opening(RepairsDb store, PolicyCatalogue policies, ProjectsQuestions projects, CompanyClock clock)
{
    /// <summary>Prefix of the numbers of form 3.3.2.</summary>
    public const string Form = "WX";

    /// <summary>Adds the order to the store, unsaved, or says why not.</summary>
    /// <param name="notice">What was said.</param>
    /// <param name="context">Who opens it, for a policy version.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <param name="strict">A person is told at once that the project or the part is unknown; a finding that
    /// happened is put on file all the same.</param>
    public async Task<(RepairOrder? Order, Refusal? Refusal)> OpenAsync(
        Notice notice,
        Func<int, FlowContext> context,
        CancellationToken cancellationToken,
        bool strict = false
    )
    {
        var policy = policies.At(clock.Today);
        if (notice.EmergencyKind is { } kind && !policy.Repairs.Emergencies.Contains(kind))
        {
            return (
                null,
                Refusal
                    .ByRule("no-emergency", "P3.2.1", ["emergency-kind"], Roles.CustomerService, Roles.Engineering)
                    .With("kind", Spelling.Kebab(kind.ToString()))
            );
        }

        var due = Deadlines.Due(notice.NotifiedOn, policy.Repairs.ConfirmDefect, policies.Calendars);
        if (RepairOrder.Open(context(policy.Version), notice, due, out var order) is { } refusal)
        {
            return (null, refusal);
        }

        var warranty = await projects.AskWarrantyAsync(
            notice.Project.Id,
            notice.PartCode,
            notice.NotifiedOn,
            cancellationToken
        );
        if (strict && warranty.Problem is ProjectsQuestions.ProjectUnknown or ProjectsQuestions.PartUnknown)
        {
            return (
                null,
                Refusal.Invalid(
                    warranty.Problem,
                    "P3.1.2",
                    warranty.Problem == ProjectsQuestions.ProjectUnknown ? "project" : "part"
                )
            );
        }

        order.Enter(await store.NextNumberAsync(Form, clock.Today.Year, cancellationToken), warranty);
        store.Add(order);
        return (order, null);
    }
}
