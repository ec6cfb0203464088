namespace CustomerService.ServiceDefaults;

/// <summary>Something that a service needs cannot be reached or does not answer. HTTP 503.</summary>
/// <param name="code">Stable code, <c>kebab-case</c>; its text stands in the service's resources.</param>
/// <param name="inner">What happened.</param>
public sealed class UnavailableException(string code, Exception inner) : Exception(inner?.Message, inner)
{
    public string Code => code;
}
