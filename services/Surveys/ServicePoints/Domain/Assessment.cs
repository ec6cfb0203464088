using CustomerService.Contracts.Surveys.V1;
using CustomerService.Rules;

namespace CustomerService.Surveys.ServicePoints.Domain;

/// <summary>A service point is assessed against T1 to T3.</summary>
internal sealed class Assessment : Aggregate<Assessment, AssessmentState, AssessmentAction>, IUnderPolicy
{
    private Assessment() { }

    public override string Kind => "assessment";

    public override WorkSubject WorkSubject => new(Number, PointName);

    // A planned mystery visit is not to be known, and until the site's turn comes its steps name the assessor.
    public override bool IsKeptQuiet =>
        IsMystery && State is (AssessmentState.Planned or AssessmentState.Scored or AssessmentState.Cancelled);

    protected override DateTimeOffset? DueOf(AssessmentAction action, CommandContext context) =>
        context.Zone.EndOf(
            State == AssessmentState.Correcting && Corrections.Count > 0
                ? Corrections.Where(c => c.VerifiedBy is null).Select(c => c.DueOn).DefaultIfEmpty(DueOn).Min()
                : DueOn
        );

    public string Number { get; private set; } = "";

    public Guid PointId { get; private set; }

    public string PointName { get; private set; } = "";

    /// <summary>Code of the department whose people are the site's.</summary>
    public string Department { get; private set; } = "";

    /// <summary>The planned round; null for a visit of its own.</summary>
    public string? Round { get; private set; }

    public bool IsMystery { get; private set; }

    /// <summary>Code of the department whose people do not know yet that a visit is planned; empty where there is
    /// none.</summary>
    public string HiddenFrom { get; private set; } = "";

    public Assessor Assessor { get; private set; } = null!;

    /// <summary>Last day on which it is held.</summary>
    public DateOnly DueOn { get; private set; }

    public int CatalogueVersion { get; private set; }

    public IReadOnlyList<ItemScore> Scores { get; private set; } = [];

    public DateOnly? HeldOn { get; private set; }

    /// <summary>Score in percent; null until it is scored.</summary>
    public decimal? Percent { get; private set; }

    public bool? Passed { get; private set; }

    public Signature? ByAssessor { get; private set; }

    public Signature? BySite { get; private set; }

    public IReadOnlyList<SiteCorrection> Corrections { get; private set; } = [];

    public int PolicyVersion { get; private set; }

    public ServiceCatalogue Catalogue => ServiceCatalogue.ByVersion(CatalogueVersion);

    /// <summary>Whether the site has something to correct.</summary>
    public bool IsToCorrect => Corrections.Any(c => c.Done is null);

    /// <summary>Whether a correction waits for somebody to look at it.</summary>
    public bool IsToVerify => Corrections.Any(c => c.Done is not null && c.VerifiedBy is null);

    protected override Flow<Assessment, AssessmentState, AssessmentAction> Table => AssessmentFlow.Table;

    public static Result<Assessment> Plan(
        CommandContext context,
        string number,
        ServicePoint point,
        Assessor assessor,
        DateOnly dueOn,
        string? round,
        bool mystery
    )
    {
        var assessment = new Assessment { Id = Guid.CreateVersion7(context.Now), Assessor = assessor };
        if (assessment.Start(context, mystery ? AssessmentAction.PlanMystery : AssessmentAction.Plan) is { } refusal)
        {
            return refusal;
        }

        assessment.Number = number;
        (assessment.PointId, assessment.PointName) = (point.Id, point.Name);
        (assessment.Department, assessment.DueOn, assessment.Round) = (point.Department, dueOn, round);
        assessment.IsMystery = mystery;
        assessment.HiddenFrom = mystery ? point.Department : "";
        assessment.CatalogueVersion = ServiceCatalogue.InForceOn(context.Today).Version;
        assessment.PolicyVersion = context.Policy.Version;
        return assessment;
    }

    /// <param name="context">The assessor.</param>
    /// <param name="scores">Each item once.</param>
    /// <param name="pictures">Which of the photos named are pictures of this assessment.</param>
    public Refusal? Score(CommandContext context, IReadOnlyList<ItemScore> scores, IReadOnlySet<Guid> pictures) =>
        Transition(
            context,
            AssessmentAction.Score,
            new Scoring(scores, pictures),
            change: () =>
            {
                Scores = scores;
                (HeldOn, HiddenFrom) = (context.Today, "");
                Percent = PercentOf(Catalogue, scores);
                Passed = Percent >= Catalogue.PassPercent;
                var due = context.Today.AddDays(context.Policy.Surveys.SiteCorrectionDays);
                Corrections = [.. ToCorrect(scores).Select(s => new SiteCorrection(s.Item, due))];
            }
        );

    public Refusal? SignByAssessor(CommandContext context) =>
        Transition(
            context,
            AssessmentAction.SignByAssessor,
            change: () =>
            {
                // The site does not learn who came: a mystery visit is signed by its number.
                ByAssessor = new(IsMystery ? Number : context.Actor.Name, context.Now, "assessed");
                Raise(
                    new ServicePointAssessed(
                        Id,
                        Version,
                        Number,
                        PointId,
                        PointName,
                        IsMystery,
                        Percent!.Value,
                        Passed!.Value,
                        [.. Corrections.Select(c => c.Item)],
                        HeldOn!.Value
                    )
                );
            }
        );

    /// <summary>The site signs; what failed is corrected by its days.</summary>
    public Refusal? AcceptFindings(CommandContext context) => SignFor(context, AssessmentAction.AcceptFindings);

    /// <summary>The site signs; nothing failed.</summary>
    public Refusal? SignBySite(CommandContext context) => SignFor(context, AssessmentAction.SignBySite);

    public Refusal? Correct(CommandContext context, string item, string done) =>
        Transition(
            context,
            AssessmentAction.Correct,
            item,
            why: done,
            change: () => Change(item, c => c with { Done = done, DoneBy = Stamp.Of(context) })
        );

    public Refusal? Verify(CommandContext context, string item, string finding) =>
        Transition(
            context,
            AssessmentAction.Verify,
            item,
            why: finding,
            change: () => Change(item, c => c with { VerifiedBy = Stamp.Of(context) })
        );

    public Refusal? SendBack(CommandContext context, string item, string reason) =>
        Transition(
            context,
            AssessmentAction.SendBack,
            item,
            why: reason,
            change: () => Change(item, c => c with { Done = null, DoneBy = null })
        );

    public Refusal? Close(CommandContext context) => Transition(context, AssessmentAction.Close);

    public Refusal? Cancel(CommandContext context, string reason) =>
        Transition(context, AssessmentAction.Cancel, why: reason);

    /// <summary>Weighted score in percent of the best; what a point does not have is left out.</summary>
    public static decimal PercentOf(ServiceCatalogue catalogue, IReadOnlyList<ItemScore> scores)
    {
        var (reached, possible) = (0, 0);
        foreach (var score in scores.Where(s => s.Score is not null))
        {
            var weight = catalogue.Items.First(item => item.Code == score.Item).Weight;
            reached += weight * score.Score!.Value;
            possible += weight * ServiceCatalogue.BestScore;
        }

        return possible == 0 ? 0 : Math.Round(100m * reached / possible, 1, MidpointRounding.AwayFromZero);
    }

    private Refusal? SignFor(CommandContext context, AssessmentAction action) =>
        Transition(context, action, change: () => BySite = new(context.Actor.Name, context.Now, "findings-accepted"));

    // A point below its pass mark has something to correct, even where no item failed by itself: the lowest.
    private IEnumerable<ItemScore> ToCorrect(IReadOnlyList<ItemScore> scores)
    {
        var failed = scores.Where(s => s.Failed).ToList();
        return failed.Count > 0 || Passed == true
            ? failed
            : scores.Where(s => s.Score is not null && s.Score == scores.Min(one => one.Score));
    }

    private void Change(string item, Func<SiteCorrection, SiteCorrection> change) =>
        Corrections = [.. Corrections.Select(c => c.Item == item ? change(c) : c)];
}
