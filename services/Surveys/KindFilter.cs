using CustomerService.ServiceDefaults;
using CustomerService.Surveys.Questionnaires.Domain;

namespace CustomerService.Surveys;

/// <summary>A kind of survey by its letter: <c>?kind=B</c>.</summary>
internal readonly record struct KindFilter : IQueryFilter
{
    private KindFilter(SurveyKind value, bool isValid) => (Value, IsValid) = (value, isValid);

    public SurveyKind Value { get; }

    public bool IsValid { get; }

    public IReadOnlyList<string> Expected => Enum.GetNames<SurveyKind>();

    public static bool TryParse(string? text, IFormatProvider? provider, out KindFilter filter)
    {
        var kind = SurveyKinds.Parse(text);
        filter = new(kind ?? default, kind is not null);
        return true;
    }
}
