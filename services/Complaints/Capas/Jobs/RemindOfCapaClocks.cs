using CustomerService.Complaints.Capas.Domain;
using CustomerService.Rules;

namespace CustomerService.Complaints.Capas.Jobs;

/// <summary>The clocks of proposal, review and verification (C1).</summary>
internal sealed class RemindOfCapaClocks(
    IServiceScopeFactory scopes,
    CommandContexts contexts,
    ComplaintsSettings settings,
    ILogger<RemindOfCapaClocks> log
) : RemindOfDueClocks<Capa>(scopes, contexts, settings, log);
