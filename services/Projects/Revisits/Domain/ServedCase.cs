namespace CustomerService.Projects.Revisits.Domain;

/// <summary>A case that a CAPA serves, as its service told it: since it was opened, or because it joined (C5.4).</summary>
/// <param name="CapaId">The CAPA.</param>
/// <param name="CaseId">The finding or the repair order.</param>
internal sealed record ServedCase(Guid CapaId, Guid CaseId);
