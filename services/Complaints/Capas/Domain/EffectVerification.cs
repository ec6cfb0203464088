using CustomerService.Rules;

namespace CustomerService.Complaints.Capas.Domain;

/// <summary>Who speaks for which of the two sides that verify an effect (C5.6.2).</summary>
internal static class EffectVerification
{
    public static IReadOnlyList<VerifyingSide> Sides { get; } = Enum.GetValues<VerifyingSide>();

    /// <summary>The sides that have not verified what was executed last.</summary>
    public static IReadOnlyList<VerifyingSide> Missing(Capa capa) =>
        [.. Sides.Except(capa.Verifications.Select(verification => verification.Side))];

    /// <summary>The missing side that this actor speaks for; null for none.</summary>
    public static VerifyingSide? SideOf(Capa capa, CommandContext context)
    {
        foreach (var side in Missing(capa))
        {
            if (context.Actor.HasAny(SpeakersOf(capa, context, side)))
            {
                return side;
            }
        }

        return null;
    }

    /// <summary>Who speaks for a side that has not verified.</summary>
    public static People SpeakersOfMissing(Capa capa, CommandContext context) =>
        People.Of([
            .. Missing(capa)
                .SelectMany(side => SpeakersOf(capa, context, side))
                .Distinct()
                .Select(role => new Taker(role)),
        ]);

    // A side whose own department is responsible cannot judge itself: the management representative stands in.
    private static string[] SpeakersOf(Capa capa, CommandContext context, VerifyingSide side)
    {
        var policy = context.Policy.Complaints;
        var (roles, department) = side switch
        {
            VerifyingSide.Quality => ((string[])[Roles.Qc, Roles.QcHead], policy.QualityDepartment),
            _ => ([Roles.CustomerService], policy.ServiceDepartment),
        };
        return capa.Department == department ? [Roles.ManagementRepresentative] : roles;
    }
}
