namespace CustomerService.Complaints.Capas.Domain;

/// <summary>One response or inspection that counts for the rate of a CAPA's window (C5.6.2).</summary>
/// <param name="CapaId">The CAPA.</param>
/// <param name="Round">Its pass, so that a later window counts for itself.</param>
/// <param name="SourceId">The response or the repair: it counts once, however often its event comes.</param>
/// <param name="Good">It was as it should be.</param>
internal sealed record EffectSample(Guid CapaId, int Round, Guid SourceId, bool Good);
