using CustomerService.Complaints.ActionItems.Domain;
using CustomerService.Complaints.Complaints.Domain;
using CustomerService.Contracts.Complaints.V1;
using CustomerService.Rules;

namespace CustomerService.Complaints.Capas.Domain;

/// <summary>A corrective and preventive action, C5.4 and C5.6.2.</summary>
internal sealed class Capa : Aggregate<Capa, CapaState, CapaAction>, IHaveClocks
{
    /// <summary>Prefix of the number, which may have gaps.</summary>
    public const string NumberKind = "CAPA";

    private Capa() { }

    protected override Flow<Capa, CapaState, CapaAction> Table => CapaFlow.Table;

    public override string Kind => "capa";

    public override WorkSubject WorkSubject => new(Number, Subject);

    protected override DateTimeOffset? DueOf(CapaAction action, CommandContext context) =>
        action switch
        {
            CapaAction.Propose or CapaAction.Approve => Stages.LastOrDefault(stage => stage.Until is null)?.DueAt
                ?? EndOfDue(context),
            CapaAction.Execute => EndOfDue(context),
            CapaAction.VerifyEffective => WatchThrough is { } through ? context.Zone.EndOf(through) : null,
            _ => null,
        };

    private DateTimeOffset? EndOfDue(CommandContext context) => DueOn is { } day ? context.Zone.EndOf(day) : null;

    public string Number { get; private set; } = "";

    public int PolicyVersion { get; private set; }

    public CapaSource Source { get; private set; }

    /// <summary>The complaint, the finding, the form …</summary>
    public Guid SourceId { get; private set; }

    /// <summary>Number of the complaint, of the contract …, for people.</summary>
    public string SourceNumber { get; private set; } = "";

    /// <summary>The complaint that it was opened for.</summary>
    public Guid? ComplaintId { get; private set; }

    /// <summary>All complaints that it serves.</summary>
    public Guid[] ComplaintIds { get; private set; } = [];

    /// <summary>Everything that it serves, the first one opened it.</summary>
    public IReadOnlyList<ServedCase> Serves { get; private set; } = [];

    /// <summary>Identities of what it serves, to be found by.</summary>
    public Guid[] ServedIds { get; private set; } = [];

    /// <summary>Model and fault of the complaint, where they are known.</summary>
    public string? FaultKey { get; private set; }

    /// <summary>Cause code of QC's ruling.</summary>
    public string? CauseCode { get; private set; }

    /// <summary>What is counted against its effect; null while nothing is.</summary>
    public string? WatchKey { get; private set; }

    /// <summary>First day on which what happens counts against its effect.</summary>
    public DateOnly? WatchFrom { get; private set; }

    /// <summary>Last such day; before it is over nobody verifies.</summary>
    public DateOnly? WatchThrough { get; private set; }

    /// <summary>What was counted in the window.</summary>
    public IReadOnlyList<Occurrence> Occurrences { get; private set; } = [];

    /// <summary>The rate of its window, where the plan measures one and the window is over.</summary>
    public EffectRate? Rate { get; private set; }

    /// <summary>A rate is measured when its window is over.</summary>
    public bool MeasuresRate { get; private set; }

    /// <summary>How its effect is measured; null where nothing is planned.</summary>
    public EffectPlan? Plan => Proposal?.Detail.Effect;

    /// <summary>How long each department took (C1).</summary>
    public IReadOnlyList<StageClock> Stages { get; private set; } = [];

    /// <summary>When the running one is called to mind next; null where none is.</summary>
    public DateTimeOffset? ClockRemindAt { get; private set; }

    public Guid? ProjectId { get; private set; }

    public string Subject { get; private set; } = "";

    public string Description { get; private set; } = "";

    /// <summary>Responsible department; null until QC has assigned one.</summary>
    public string? Department { get; private set; }

    public DateOnly OpenedOn { get; private set; }

    /// <summary>Last day of execution that is in time.</summary>
    public DateOnly? DueOn { get; private set; }

    public CapaProposal? Proposal { get; private set; }

    public CapaReview? Review { get; private set; }

    public CapaExecution? Execution { get; private set; }

    /// <summary>What the sides said of this execution, in the order in which they did.</summary>
    public IReadOnlyList<CapaVerification> Verifications { get; private set; } = [];

    /// <summary>How often the effect was not there.</summary>
    public int Ineffective { get; private set; }

    /// <summary>How often the fault came back after the CAPA had been found effective.</summary>
    public int Recurrences { get; private set; }

    public DateOnly? ClosedOn { get; private set; }

    /// <summary>Its actions, each with owner, day and evidence.</summary>
    public IReadOnlyList<ActionSummary> Actions { get; private set; } = [];

    public IReadOnlyList<CapaRound> Rounds { get; private set; } = [];

    /// <summary>Opens a CAPA for a complaint; called by <see cref="Complaint.OpenCapa"/>.</summary>
    public static Result<Capa> OpenForComplaint(
        CommandContext context,
        string number,
        Complaint complaint,
        CapaRequest request
    ) =>
        Open(
            context,
            CapaAction.OpenForComplaint,
            request.Description,
            new Capa
            {
                Id = Guid.CreateVersion7(context.Now),
                Number = number,
                Source = CapaSource.Complaint,
                SourceId = complaint.Id,
                SourceNumber = complaint.Number,
                ComplaintId = complaint.Id,
                ProjectId = complaint.ProjectId,
                Subject = complaint.Subject,
                Department = request.Department,
                DueOn = request.DueOn,
                ComplaintIds = [complaint.Id],
                FaultKey = complaint.FaultKey,
                CauseCode = complaint.LiabilityRuling?.CauseCode,
            },
            ("complaint", complaint.Id, complaint.Number)
        );

    /// <summary>It serves another complaint, too; called by <see cref="Complaint.JoinCapa"/>.</summary>
    public void Serve(CommandContext context, Complaint complaint)
    {
        Record(context, "serve", StateName, StateName, complaint.Number);
        ComplaintIds = [.. ComplaintIds, complaint.Id];
        FaultKey ??= complaint.FaultKey;
        Join(context, new("complaint", complaint.Id, complaint.Number, context.Today));
    }

    /// <summary>It serves another form or assessment, too (C5.4).</summary>
    /// <param name="context">Who lets it join.</param>
    /// <param name="survey">The form, the assessment, the finding or the repair order.</param>
    /// <param name="servedBy">Number of a CAPA that serves it already.</param>
    public Refusal? JoinCase(CommandContext context, SurveyCase survey, string? servedBy = null)
    {
        var served = new ServedCase(survey.KindOfRecord, survey.Id, survey.Number, context.Today);
        var refusal = Transition(
            context,
            CapaAction.JoinCase,
            new JoinCaseInput(served, survey.HasOneCapa ? servedBy : null),
            survey.Number,
            () => Join(context, served)
        );
        return refusal?.Code == CapaFlow.CaseHasCapa ? refusal.With("capa", servedBy) : refusal;
    }

    /// <summary>Opens a CAPA for the finding of a revisit, or for a repair; QC assigns it (P2.2.3).</summary>
    public static Result<Capa> OpenForFinding(CommandContext context, string number, Finding finding) =>
        Open(
            context,
            CapaAction.OpenForFinding,
            finding.Description,
            new Capa
            {
                Id = Guid.CreateVersion7(context.Now),
                Number = number,
                Source = finding.Source,
                SourceId = finding.Id,
                SourceNumber = finding.ContractNumber,
                ProjectId = finding.ProjectId,
                Subject = $"{finding.ProjectName} · {finding.Location}",
            },
            finding.Cases is [_, ..] cases ? [.. cases] : [("finding", finding.Id, finding.ContractNumber)]
        );

    /// <summary>Opens a CAPA for a form with an item graded 不滿意 (C5.9), or for what failed at a service point (T1 to
    /// T3).</summary>
    public static Result<Capa> OpenForCase(
        CommandContext context,
        string number,
        SurveyCase survey,
        CapaRequest request
    )
    {
        var action = survey.Source == CapaSource.Assessment ? CapaAction.OpenForAssessment : CapaAction.OpenForResponse;
        if ((CapaFlow.Table.CheckStart(action, context) ?? CapaFlow.CheckDue(context, request.DueOn)) is { } refusal)
        {
            return refusal;
        }

        return Open(
            context,
            action,
            request.Description,
            new Capa
            {
                Id = Guid.CreateVersion7(context.Now),
                Number = number,
                Source = survey.Source,
                SourceId = survey.Id,
                SourceNumber = survey.Number,
                Subject = survey.Subject,
                Department = request.Department,
                DueOn = request.DueOn,
            },
            (survey.KindOfRecord, survey.Id, survey.Number)
        );
    }

    /// <summary>Opens a CAPA for a department that was ordered to correct (C5.10).</summary>
    public static Result<Capa> OpenForOrder(CommandContext context, string number, SatisfactionOrder order) =>
        Open(
            context,
            CapaAction.OpenForOrder,
            order.Description,
            new Capa
            {
                Id = Guid.CreateVersion7(context.Now),
                Number = number,
                Source = CapaSource.CorrectiveOrder,
                SourceId = order.EvaluationId,
                SourceNumber = order.Notice,
                Subject = order.Subject,
                Department = order.Department,
                DueOn = order.DueOn,
            },
            ("evaluation", order.EvaluationId, order.Notice)
        );

    /// <summary>QC names the responsible department and the due day, or changes them (P2.2.3).</summary>
    public Refusal? Assign(CommandContext context, string department, DateOnly dueOn, string? reason) =>
        Transition(
            context,
            CapaAction.Assign,
            dueOn,
            reason ?? department,
            () =>
            {
                Department = department;
                DueOn = dueOn;
                SetStages(StageClock.Begin(Stages, Stage.Proposal, context), context);
                Raise(new CapaAssigned(Id, Version, SourceId, department, dueOn, context.Today));
            }
        );

    /// <summary>The responsible department proposes (C5.4).</summary>
    /// <param name="detail">Actions, causes and plan of effect; null for none.</param>
    /// <param name="served">The complaints that it serves, as they are known today.</param>
    public Refusal? Propose(
        CommandContext context,
        string disposition,
        string cause,
        string correction,
        string prevention,
        ProposalDetail? detail = null,
        IReadOnlyCollection<Complaint>? served = null
    )
    {
        var (faultKey, causeCode) = Known(served ?? []);
        return Transition(
            context,
            CapaAction.Propose,
            new ProposalInput(detail ?? ProposalDetail.None, faultKey, causeCode),
            cause,
            () =>
            {
                (FaultKey, CauseCode) = (faultKey, causeCode);
                Proposal = new(disposition, cause, correction, prevention, context.Today, Stamp.Of(context))
                {
                    Detail = detail ?? ProposalDetail.None,
                };
                SetStages(StageClock.Begin(Stages, Stage.Review, context), context);
                Raise(new CapaAnalysed(Id, Version, SourceId, context.Today));
            }
        );
    }

    /// <summary>The management representative approves (C5.4).</summary>
    public Refusal? Approve(CommandContext context, string opinion) =>
        Transition(
            context,
            CapaAction.Approve,
            why: opinion,
            change: () =>
            {
                SetReview(context, approved: true, opinion);
                SetStages(StageClock.End(Stages, context), context);
            }
        );

    /// <summary>The approved actions, to be given to their owners in the commit of the approval (C5.6.2).</summary>
    public IReadOnlyList<ActionOrder> Orders(CommandContext context) =>
        [
            .. Proposal!.Detail.Actions.Select(action => new ActionOrder(
                ActionPurpose.Capa,
                action.What,
                action.Department,
                action.OwnerId,
                action.OwnerName,
                action.DueOn < context.Today ? context.Today : action.DueOn,
                action.Type
            )),
        ];

    /// <summary>The management representative sends the proposal back; it is kept in <see cref="Rounds"/>
    /// (C5.4).</summary>
    public Refusal? SendBack(CommandContext context, string reason) =>
        Transition(
            context,
            CapaAction.SendBack,
            why: reason,
            change: () =>
            {
                SetReview(context, approved: false, reason);
                EndRound(context, CapaRoundEnd.SentBack, reason);
            }
        );

    /// <summary>The responsible unit has carried it out (C5.6.2).</summary>
    public Refusal? Execute(CommandContext context, string record, DateOnly executedOn) =>
        Transition(
            context,
            CapaAction.Execute,
            executedOn,
            record,
            () =>
            {
                Execution = new(record, executedOn, executedOn <= DueOn, Stamp.Of(context));
                BeginWatch(context, executedOn);
                Raise(new CapaExecuted(Id, Version, SourceId, executedOn, Execution.InTime));
            }
        );

    /// <summary>One side finds the effect; when both have, the CAPA is closed (C5.6.2).</summary>
    public Refusal? VerifyEffective(CommandContext context, string evidence) =>
        Transition(
            context,
            CapaAction.VerifyEffective,
            why: evidence,
            change: () => Verify(context, effective: true, evidence, newDueOn: null)
        );

    /// <summary>One side finds no effect; when both have spoken it is analysed again, whatever the other says
    /// (C5.6.2).</summary>
    public Refusal? VerifyIneffective(CommandContext context, string evidence, DateOnly dueOn) =>
        Transition(
            context,
            CapaAction.VerifyIneffective,
            new NewDueInput(dueOn),
            evidence,
            () => Verify(context, effective: false, evidence, dueOn)
        );

    /// <summary>Something happened in the window that counts against the effect, within the target (C5.6.2).</summary>
    public Refusal? Measure(CommandContext context, Occurrence occurrence) =>
        Transition(
            context,
            CapaAction.Measure,
            occurrence,
            why: occurrence.ComplaintNumber,
            change: () => Occurrences = [.. Occurrences, occurrence]
        );

    /// <summary>More happened in the window than the target allows: it is analysed again by itself (C5.6.2).</summary>
    public Refusal? Recur(CommandContext context, Occurrence occurrence) =>
        Transition(
            context,
            CapaAction.Recur,
            occurrence,
            why: occurrence.ComplaintNumber,
            change: () =>
            {
                Occurrences = [.. Occurrences, occurrence];
                Recurrences++;
                EndRound(context, CapaRoundEnd.Measured, occurrence.ComplaintNumber);
                (DueOn, ClosedOn) = (null, null);
                Raise(new CapaReopened(Id, Version, SourceId, occurrence.ComplaintNumber, context.Today, null));
            }
        );

    public IReadOnlyList<ClockToRemind> DueClocks(CommandContext context) =>
        [.. OtherClocks.OfStages(Stages, Assignee?.PersonId, Department, context)];

    /// <summary>Calls the clock of the one whose turn it is to mind (C1).</summary>
    public Refusal? RemindOfClocks(CommandContext context) =>
        Transition(
            context,
            CapaAction.RemindOfClocks,
            why: Stages.LastOrDefault(stage => stage.Until is null)?.Stage.ToKebab(),
            change: () => SetStages(StageClock.Remind(Stages, context), context)
        );

    /// <summary>The window is over and its rate reaches the target: the two sides may verify (C5.6.2).</summary>
    public Refusal? ConfirmRate(CommandContext context, EffectRate rate) =>
        Transition(context, CapaAction.ConfirmRate, rate, RateText(rate), () => Rate = rate);

    /// <summary>The window is over and its rate is below the target: it is analysed again by itself (C5.6.2).</summary>
    public Refusal? FallShort(CommandContext context, EffectRate rate) =>
        Transition(
            context,
            CapaAction.FallShort,
            rate,
            RateText(rate),
            () =>
            {
                Rate = rate;
                Ineffective++;
                EndRound(context, CapaRoundEnd.Measured, RateText(rate));
                (DueOn, ClosedOn) = (null, null);
                Raise(new CapaVerified(Id, Version, SourceId, false, context.Today));
            }
        );

    /// <summary>The fault came back after it had been found effective (C5.6.2). Called by
    /// <see cref="Recurrence"/>.</summary>
    public Refusal? Reopen(CommandContext context, string reason, DateOnly? dueOn) =>
        Transition(
            context,
            CapaAction.Reopen,
            new NewDueInput(dueOn),
            reason,
            () =>
            {
                Recurrences++;
                EndRound(context, CapaRoundEnd.Recurred, reason);
                DueOn = dueOn;
                ClosedOn = null;
                Raise(new CapaReopened(Id, Version, SourceId, reason, context.Today, dueOn));
            }
        );

    /// <summary>Keeps the copy of an action in step.</summary>
    public void UpdateAction(ActionItem item)
    {
        NextVersion();
        var known = Actions.FirstOrDefault(one => one.Id == item.Id);
        var summary = item.Summary(known?.Round ?? Rounds.Count + 1);
        Actions = known is null ? [.. Actions, summary] : [.. Actions.Select(one => one.Id == item.Id ? summary : one)];
    }

    /// <summary>A later day was granted for one of its actions: the whole is not due before that (C5.6.2).</summary>
    /// <returns>Whether its own day moved.</returns>
    public bool FollowExtension(CommandContext context, ActionItem item)
    {
        if (State != CapaState.Execution || item.ExtensionsGranted == 0 || !(item.DueOn > DueOn))
        {
            return false;
        }

        DueOn = item.DueOn;
        Record(context, "follow-extension", StateName, StateName, item.Number);
        Raise(new CapaAssigned(Id, Version, SourceId, Department!, item.DueOn, context.Today));
        return true;
    }

    // The complaint that opened it knows best; what was known once is not lost.
    private (string? FaultKey, string? CauseCode) Known(IReadOnlyCollection<Complaint> served)
    {
        List<Complaint> ordered = [.. served.OrderBy(one => one.Id == ComplaintId ? 0 : 1).ThenBy(one => one.Id)];
        return (
            ordered.Select(one => one.FaultKey).FirstOrDefault(key => key is not null) ?? FaultKey,
            ordered.Select(one => one.LiabilityRuling?.CauseCode).FirstOrDefault(code => code is not null) ?? CauseCode
        );
    }

    private static Result<Capa> Open(
        CommandContext context,
        CapaAction action,
        string description,
        Capa capa,
        params IReadOnlyList<(string Kind, Guid Id, string Number)> cases
    )
    {
        if (capa.Start(context, action, description) is { } refusal)
        {
            return refusal;
        }

        capa.PolicyVersion = context.Policy.Version;
        capa.Description = description;
        capa.OpenedOn = context.Today;
        capa.Serves = [.. cases.Select(one => new ServedCase(one.Kind, one.Id, one.Number, context.Today))];
        capa.ServedIds = [.. cases.Select(one => one.Id)];
        if (capa.Department is not null)
        {
            capa.SetStages(StageClock.Begin(capa.Stages, Stage.Proposal, context), context);
        }

        capa.Raise(
            new CapaOpened(
                capa.Id,
                capa.Version,
                capa.Number,
                capa.Source.ToKebab(),
                capa.SourceId,
                capa.Department,
                capa.OpenedOn,
                capa.DueOn,
                [.. cases.Select(one => new CapaCase(one.Kind, one.Id))]
            )
        );
        return capa;
    }

    private void Join(CommandContext context, ServedCase served)
    {
        Serves = [.. Serves, served];
        ServedIds = [.. ServedIds, served.Id];
        Raise(new CapaCaseJoined(Id, Version, Number, served.Kind, served.Id, context.Today));
    }

    private void SetStages(IReadOnlyList<StageClock> stages, CommandContext context)
    {
        Stages = stages;
        ClockRemindAt = OtherClocks.StageAt(stages, context);
    }

    private static string RateText(EffectRate rate) => $"{rate.Good}/{rate.Counted}";

    // Counting begins with the execution, and the sides verify once the window is over.
    private void BeginWatch(CommandContext context, DateOnly executedOn)
    {
        if (Plan is { } plan)
        {
            WatchKey = EffectWatch.KeyOf(this, plan);
            MeasuresRate = plan.IsRate;
            WatchFrom = executedOn;
            WatchThrough = executedOn.AddDays(plan.WindowDays);
            SetStages(
                StageClock.Begin(
                    Stages,
                    Stage.Verification,
                    context,
                    context.Zone.EndOf(executedOn.AddDays(plan.WindowDays))
                ),
                context
            );
        }
        else
        {
            SetStages(StageClock.Begin(Stages, Stage.Verification, context), context);
        }
    }

    private void SetReview(CommandContext context, bool approved, string opinion)
    {
        Review = new(approved, opinion, context.Today, Stamp.Of(context));
        Raise(new CapaReviewed(Id, Version, SourceId, approved, context.Today));
    }

    private void Verify(CommandContext context, bool effective, string evidence, DateOnly? newDueOn)
    {
        var side = EffectVerification.SideOf(this, context)!.Value;
        Verifications = [.. Verifications, new(side, effective, evidence, context.Today, newDueOn, Stamp.Of(context))];
        Raise(new CapaSideVerified(Id, Version, SourceId, side.ToKebab(), effective, context.Today));
        if (State == CapaState.Closed)
        {
            ClosedOn = context.Today;
            SetStages(StageClock.End(Stages, context), context);
            Raise(new CapaVerified(Id, Version, SourceId, true, context.Today));
        }
        else if (State == CapaState.Analysis)
        {
            EndIneffective(context);
        }
    }

    private void EndIneffective(CommandContext context)
    {
        var last = Verifications.Last(verification => !verification.Effective);
        Ineffective++;
        EndRound(context, CapaRoundEnd.Ineffective, last.Evidence);
        DueOn = last.NewDueOn;
        Raise(new CapaVerified(Id, Version, SourceId, false, context.Today, last.NewDueOn));
    }

    private void EndRound(CommandContext context, CapaRoundEnd endedBy, string reason)
    {
        Rounds =
        [
            .. Rounds,
            new(Rounds.Count + 1, DueOn, Proposal, Review, Execution, Verifications, endedBy, reason, context.Today)
            {
                Occurrences = Occurrences,
                Rate = Rate,
            },
        ];
        (Proposal, Review, Execution, Verifications) = (null, null, null, []);
        (WatchKey, WatchFrom, WatchThrough, Occurrences, Rate) = (null, null, null, [], null);
        MeasuresRate = false;
        SetStages(StageClock.Begin(Stages, Stage.Proposal, context), context);
    }
}
