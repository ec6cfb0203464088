using CustomerService.Rules;

namespace CustomerService.Complaints.Capas.Domain;

/// <summary>A form with an item graded 不滿意 (C5.9), or an assessment with items that failed (T1 to T3), as Surveys told
/// it: what a CAPA can be opened for, or serve.</summary>
internal sealed class SurveyCase : Aggregate
{
    private SurveyCase() { }

    public override string Kind => "survey-case";

    /// <summary><see cref="CapaSource.SurveyResponse"/> or <see cref="CapaSource.Assessment"/>.</summary>
    public CapaSource Source { get; private set; }

    /// <summary>Kind of the record in Surveys.</summary>
    public string KindOfRecord => Source == CapaSource.Assessment ? "assessment" : "response";

    /// <summary>Number for people: of the assessment; of a form, which is filed later, its day and what it is
    /// about.</summary>
    public string Number { get; private set; } = "";

    public string Subject { get; private set; } = "";

    public DateOnly On { get; private set; }

    /// <summary>Codes of the items graded 不滿意, or that failed.</summary>
    public IReadOnlyList<string> Items { get; private set; } = [];

    /// <summary>Surveys has erased it: no CAPA is opened for it any more.</summary>
    public bool IsErased { get; private set; }

    public static SurveyCase Hear(
        CommandContext context,
        Guid id,
        CapaSource source,
        string number,
        string subject,
        DateOnly on,
        IReadOnlyList<string> items
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
        };
        heard.Record(context, "hear", null, heard.StateName, number);
        return heard;
    }

    /// <summary>Surveys has erased the record (C8): what it said goes; that a CAPA served it stays.</summary>
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
