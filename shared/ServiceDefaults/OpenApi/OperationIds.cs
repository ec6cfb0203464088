using System.Reflection;
using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Routing;

namespace CustomerService.ServiceDefaults;

/// <summary>
/// Names of operations, from the feature that handles them: <c>RegisterComplaint.Handle</c> is
/// <c>RegisterComplaint</c>. Where a feature has several handlers, the method's name tells them apart: of several
/// words it is the whole name (<c>ListDeadLetters</c>); one word takes the place of the feature's first
/// (<c>PauseComplaint.Resume</c> is <c>ResumeComplaint</c>). A lambda needs <c>WithName</c> where its feature maps
/// more than one endpoint. The contract test of each service finds what has no name, and two that have one.
/// </summary>
internal static class OperationIds
{
    public static string? Of(IEnumerable<object> metadata)
    {
        var all = metadata.ToList();
        if (all.OfType<IEndpointNameMetadata>().LastOrDefault()?.EndpointName is { Length: > 0 } given)
        {
            return given;
        }

        return all.OfType<MethodInfo>().FirstOrDefault() is { DeclaringType: not null } method ? Of(method) : null;
    }

    private static string Of(MethodInfo method)
    {
        var feature = method.DeclaringType!;
        while (IsGenerated(feature) && feature.DeclaringType is { } outer)
        {
            feature = outer;
        }

        var name = method.Name.EndsWith("Async", StringComparison.Ordinal) ? method.Name[..^5] : method.Name;
        if (name == "Handle" || IsGenerated(method))
        {
            return feature.Name;
        }

        if (name.Count(char.IsUpper) > 1)
        {
            return name;
        }

        return name + WithoutFirstWord(feature.Name);
    }

    private static string WithoutFirstWord(string name)
    {
        var second = name.Skip(1).TakeWhile(letter => !char.IsUpper(letter)).Count() + 1;
        return second < name.Length ? name[second..] : name;
    }

    private static bool IsGenerated(MemberInfo member) =>
        member.Name.Contains('<', StringComparison.Ordinal)
        || member.IsDefined(typeof(CompilerGeneratedAttribute), inherit: false);
}
