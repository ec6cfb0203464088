using CustomerService.Complaints.Complaints.Domain;
using CustomerService.Rules;

namespace CustomerService.Complaints.Complaints.Jobs;

/// <summary>Promised dates, QC's investigation and the answer where it is not our liability (C1, C5.3.2).</summary>
internal sealed class RemindOfOtherClocks(
    IServiceScopeFactory scopes,
    CommandContexts contexts,
    ComplaintsSettings settings,
    ILogger<RemindOfOtherClocks> log
) : RemindOfDueClocks<Complaint>(scopes, contexts, settings, log);
