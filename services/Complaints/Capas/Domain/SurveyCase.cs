using CustomerService.Rules;

namespace CustomerService.Complaints.Capas.Domain;

/// <summary>What a CAPA can serve beside complaints (C5.4), as its service told it: a form with an item graded 不滿意 (C5.9),
/// an assessment with items that failed (T1 to T3), the finding of a revisit, a construction repair (P2.2.3).</summary>
internal sealed class SurveyCase : Aggregate
{
    private SurveyCase() { }

    public override string Kind => "survey-case";

    /// <summary>Those of Surveys: QC opens a CAPA for them. For findings and repairs one is asked for by their own
    /// service.</summary>
    public static IReadOnlyList<CapaSource> OfSurveys { get; } = [CapaSource.SurveyResponse, CapaSource.Assessment];

    /// <summary>One of <see cref="OfSurveys"/>, <see cref="CapaSource.Revisit"/> or <see cref="CapaSource.Repair"/>.</summary>
    public CapaSource Source { get; private set; }

    /// <summary>Kind of the record in its service.</summary>
    public string KindOfRecord =>
        Source switch
        {
            CapaSource.Assessment => "assessment",
            CapaSource.Revisit => "finding",
            CapaSource.Repair => "repair-order",
            _ => "response",
        };

    /// <summary>What is found and repaired in construction has one CAPA (P2.2.3).</summary>
    public bool HasOneCapa => !OfSurveys.Contains(Source);

    /// <summary>The revisit of a finding.</summary>
    public Guid? RevisitId { get; private set; }

    /// <summary>Number for people: of the assessment; of a form, which is filed later, its day and what it is
    /// about.</summary>
    public string Number { get; private set; } = "";

    public string Subject { get; private set; } = "";

    public DateOnly On { get; private set; }

    /// <summary>Codes of the items graded 不滿意, or that failed; the part of Table 3.1.</summary>
    public IReadOnlyList<string> Items { get; private set; } = [];

    /// <summary>Its service has erased it: no CAPA is opened for it any more.</summary>
    public bool IsErased { get; private set; }

    public static SurveyCase Hear(
        CommandContext context,
        Guid id,
        CapaSource source,
        string number,
        string subject,
        DateOnly on,
        IReadOnlyList<string> items,
        Guid? revisitId = null
    )
    {
        var heard = new SurveyCase
        {
            Id = id,
            Source = source,
            Number = number,
            Subject = subject,
            On = on,
            Items = items,
            RevisitId = revisitId,
        };
        heard.Record(context, "hear", null, heard.StateName, number);
        return heard;
    }

    /// <summary>Its service has erased the record (C8): what it said goes; that a CAPA served it stays.</summary>
    public void Forget(CommandContext context)
    {
        if (IsErased)
        {
            return;
        }

        (Subject, IsErased) = ("—", true);
        Record(context, "forget", StateName, StateName, null);
    }
}
