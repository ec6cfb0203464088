using CustomerService.Rules;

namespace CustomerService.Complaints.Complaints.Domain;

/// <summary>The same model and fault with several customers within some days is a major quality problem
/// (C5.5.2).</summary>
internal static class RepeatedFault
{
    /// <summary>The key of a complaint: the product of the catalogue, else the model; the fault as it was assessed, else as
    /// triage found it or the customer reported it.</summary>
    public static string? KeyOf(Complaint complaint) =>
        KeyOf(
            complaint.ProductCode ?? complaint.Reference.ProductModel,
            complaint.Assessment?.FaultCode ?? complaint.FaultCode
        );

    /// <summary>What two complaints have in common when they are about the same fault; null where model or fault is not
    /// known.</summary>
    public static string? KeyOf(string? model, string? faultCode) =>
        TextFolding.IsBlank(model) || TextFolding.IsBlank(faultCode)
            ? null
            : $"{TextFolding.Key(model!)}\n{TextFolding.Key(faultCode!)}";

    /// <summary>Notes it on every open one of these complaints that is one of so many within so many days.</summary>
    /// <param name="contextOf">The system under the policy of each complaint.</param>
    /// <param name="complaint">The complaint of which it became known.</param>
    /// <param name="others">The others about the same model and fault, as far as they could be noted.</param>
    /// <param name="cases">Who complained about it on which day: all of them.</param>
    public static void Note(
        Func<Complaint, CommandContext> contextOf,
        Complaint complaint,
        IReadOnlyCollection<Complaint> others,
        IReadOnlyCollection<FaultCase> cases
    )
    {
        IReadOnlyList<FaultCase> all = [new(complaint.CustomerId, complaint.RegisteredOn), .. cases];
        IReadOnlyList<Complaint> open = [complaint, .. others];
        foreach (var one in open.Where(one => one.State != ComplaintState.Closed && !one.HasRepeatedFault))
        {
            var context = contextOf(one);
            if (Reaches(one, all, context.Policy.Complaints.MajorProblem))
            {
                one.NoteRepeatedFault(context, complaint.Number);
            }
        }
    }

    // The widest window that holds the complaint begins with one of them.
    private static bool Reaches(Complaint complaint, IReadOnlyList<FaultCase> all, MajorProblemPolicy policy) =>
        all.Select(first => first.RegisteredOn)
            .Distinct()
            .Where(from => IsWithin(from, complaint.RegisteredOn, policy))
            .Any(from =>
                all.Where(one => IsWithin(from, one.RegisteredOn, policy))
                    .Select(one => one.CustomerId)
                    .Distinct()
                    .Count() >= policy.SameFaultCustomers
            );

    private static bool IsWithin(DateOnly from, DateOnly on, MajorProblemPolicy policy) =>
        on >= from && on <= from.AddDays(policy.SameFaultDays);
}

/// <summary>A customer complained about a fault on that day.</summary>
internal sealed record FaultCase(Guid CustomerId, DateOnly RegisteredOn);
