using System.Security.Cryptography;
using CustomerService.Rules;
using CustomerService.Surveys.Store;

namespace CustomerService.Surveys.Capas;

/// <summary>A CAPA of Complaints as far as a form or an assessment shows it (C5.9). What is told may come in another order
/// than it happened, so a stale word changes nothing.</summary>
internal sealed class ServingCapa : Aggregate
{
    private ServingCapa() { }

    public override string Kind => "serving-capa";

    public Guid CapaId { get; private set; }

    /// <summary>The form or assessment; of a CAPA for something else, that.</summary>
    public Guid CaseId { get; private set; }

    /// <summary>Null until the opening was heard of.</summary>
    public string? Number { get; private set; }

    /// <summary>State as it was told, <c>kebab-case</c>.</summary>
    public string CapaState { get; private set; } = "";

    public DateOnly? StateOn { get; private set; }

    public bool IsDone { get; private set; }

    /// <summary>Version of the CAPA that the state is from.</summary>
    public long CapaVersion { get; private set; }

    public static DocumentType<ServingCapa> Type { get; } =
        DocumentType.Of<ServingCapa>("serving-capa", "serving_capas").Index(c => c.CapaId).Index(c => c.CaseId);

    public static Guid IdOf(Guid capa, Guid served) =>
        new(SHA256.HashData([.. capa.ToByteArray(), .. served.ToByteArray()]).AsSpan(0, 16));

    public static ServingCapa Of(Guid capa, Guid served) =>
        new()
        {
            Id = IdOf(capa, served),
            CapaId = capa,
            CaseId = served,
        };

    /// <summary>What an event says; an older one says no more than the number.</summary>
    public void Hear(CommandContext context, CapaNews news)
    {
        Number ??= news.Number;
        if (news.Version > CapaVersion)
        {
            (CapaVersion, StateOn) = (news.Version, news.On);
            // Who joins moves nothing.
            (CapaState, IsDone) = news.State is { } state ? (state, news.Done) : (CapaState, IsDone);
        }

        Record(context, "hear", null, CapaState, Number);
    }

    /// <summary>It serves another case: that begins where the CAPA stands.</summary>
    public void Follow(ServingCapa other) =>
        (Number, CapaState, StateOn, IsDone, CapaVersion) = (
            other.Number,
            other.CapaState,
            other.StateOn,
            other.IsDone,
            other.CapaVersion
        );
}

/// <summary>What an event says of a CAPA.</summary>
/// <param name="State">Null where the event moves it nowhere.</param>
internal sealed record CapaNews(long Version, string? State, DateOnly On, bool Done = false, string? Number = null);
