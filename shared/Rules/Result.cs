using System.Diagnostics.CodeAnalysis;

namespace CustomerService.Rules;

/// <summary>What a rule decided: the record, or why not. Exactly one of the two is there.</summary>
public sealed class Result<T>
    where T : class
{
    private readonly T? _value;
    private readonly Refusal? _refusal;

    private Result(T? value, Refusal? refusal) => (_value, _refusal) = (value, refusal);

    /// <summary>The refusal, null when it succeeded.</summary>
    public Refusal? Refusal => _refusal;

    /// <summary>True when it was refused; then there is no value.</summary>
    public bool Failed([NotNullWhen(true)] out Refusal? refusal, [NotNullWhen(false)] out T? value)
    {
        (refusal, value) = (_refusal, _value);
        return refusal is not null;
    }

    /// <summary>The value, for callers that cannot be refused: consumers of events, tests.</summary>
    /// <exception cref="InvalidOperationException">It was refused; the message names code and rule.</exception>
    public T Required() =>
        _value ?? throw new InvalidOperationException($"Refused: {_refusal!.Code} ({_refusal.Rule}).");

    public static implicit operator Result<T>(T value) => new(value, null);

    public static implicit operator Result<T>(Refusal refusal) => new(null, refusal);
}
