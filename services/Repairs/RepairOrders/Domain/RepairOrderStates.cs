namespace CustomerService.Repairs.RepairOrders.Domain;

/// <summary>Where a construction repair order stands.</summary>
internal enum RepairOrderState
{
    /// <summary>The owner's notice or a revisit's finding is on file; the defect is to be confirmed with the
    /// owner.</summary>
    Opened,

    /// <summary>Confirmed with the owner, the rework agreed; the record is to be written, or written again.</summary>
    Confirmed,

    /// <summary>Facts, main cause and measures are recorded; the department head is to review.</summary>
    Analysed,

    /// <summary>Reviewed; the unit's leader is to approve.</summary>
    Reviewed,

    /// <summary>Approved; engineering is to issue the record.</summary>
    Approved,

    /// <summary>Issued to the assigned repair unit; leader and crew are to be briefed.</summary>
    Dispatched,

    /// <summary>Leader and crew are briefed; work may begin.</summary>
    Briefed,

    /// <summary>The repair unit is at work.</summary>
    InRepair,

    /// <summary>The repair unit reports it done; the quality department is to inspect.</summary>
    Done,

    /// <summary>Passed by the quality department; the owner is to accept.</summary>
    Inspected,

    /// <summary>Accepted and signed by the owner; the record is to come back to engineering.</summary>
    Accepted,

    /// <summary>The record is back with engineering.</summary>
    Closed,

    /// <summary>Withdrawn before work began.</summary>
    Withdrawn,

    /// <summary>The same defect as another order's, which goes on for both; number and history stay (S4).</summary>
    Merged,
}

/// <summary>What is done with a repair order.</summary>
internal enum RepairOrderAction
{
    Open,
    AskWarranty,

    /// <summary>Projects, which was away at the issue, says whom it proposes to lead.</summary>
    NoteProposal,

    /// <summary>The registry calls project, owner or repair unit otherwise (S3).</summary>
    FollowRegistry,
    MarkOverdue,
    Confirm,
    Analyse,
    Review,
    SendBack,
    Approve,

    /// <summary>Approval after an emergency was dispatched without it.</summary>
    Ratify,

    /// <summary>Production fixes the days of the repair (P2.1.2).</summary>
    Plan,
    Dispatch,

    /// <summary>The unit has received the order.</summary>
    Receive,

    /// <summary>The unit objects to being assigned.</summary>
    Object,

    /// <summary>Engineering holds the assignment up.</summary>
    Overrule,

    /// <summary>Engineering gives the order to another unit.</summary>
    Reassign,
    MarkReceiptOverdue,
    MarkStartOverdue,
    MarkFinishOverdue,
    RemindOfConfirmation,

    /// <summary>A written notice to a unit that does not come (P3.1.1).</summary>
    GiveNotice,

    /// <summary>Another unit repairs at the cost of the one that did not come (P3.1.1).</summary>
    StepIn,
    Brief,

    /// <summary>Somebody of the unit is on site.</summary>
    Arrive,

    /// <summary>The unit came, and nobody was there.</summary>
    Attempt,

    /// <summary>The clocks stand still, for a reason.</summary>
    Pause,
    Resume,
    Start,
    Finish,
    AddCost,
    StrikeCost,
    ChargeBack,

    /// <summary>Liability, cause, lesson, corrective measure and countermeasure (P2.2.3).</summary>
    DrawLessons,

    /// <summary>Quality judges a defect that came back.</summary>
    JudgeRecurrence,
    Merge,
    Unmerge,
    PassInspection,
    FailInspection,
    Accept,
    Refuse,
    Return,
    Withdraw,
}

/// <summary>How serious a construction defect is.</summary>
internal enum DefectSeverity
{
    Minor,
    Major,

    /// <summary>Structure, safety or loss of an essential function: may be repaired before approval
    /// (P3.2.1).</summary>
    Emergency,
}

/// <summary>What an order comes from.</summary>
internal enum OrderSource
{
    /// <summary>A notice by the owner.</summary>
    Notice,

    /// <summary>A finding of a revisit.</summary>
    Revisit,

    /// <summary>A registered complaint.</summary>
    Complaint,
}

/// <summary>How the defect was confirmed with the owner.</summary>
internal enum ConfirmationMethod
{
    OnSite,
    Phone,
}

/// <summary>In what role a person took part in the briefing.</summary>
internal enum BriefingRole
{
    Leader,
    Crew,

    /// <summary>Listened only; may inspect the repair later.</summary>
    Observer,
}

/// <summary>Why the clocks of an order stand still (P3.2.2).</summary>
internal enum RepairPauseReason
{
    /// <summary>Nobody lets the unit in.</summary>
    NoAccess,
    Weather,
    Material,

    /// <summary>The owner wishes another time.</summary>
    OwnersWish,
}

/// <summary>For whom an order waits.</summary>
internal enum WaitingParty
{
    CustomerService,
    Engineering,
    Leadership,

    /// <summary>The days of the repair are to be fixed.</summary>
    Production,
    RepairUnit,
    Quality,
    Owner,
    Weather,
}

/// <summary>How a written notice went out.</summary>
internal enum NoticeChannel
{
    RegisteredLetter,
    Mail,
    Fax,

    /// <summary>Handed over against a receipt.</summary>
    Hand,
}

/// <summary>What a cost is for.</summary>
internal enum CostKind
{
    Labour,
    Material,
    Trip,
    Other,
}

/// <summary>Who answers for a defect.</summary>
internal enum FaultLiability
{
    Contractor,
    Subcontractor,
    Owner,
    ThirdParty,
}

/// <summary>The main cause as a code, so that what recurs can be counted (P2.2.3); the same words as at revisits.</summary>
internal enum FaultCause
{
    Design,
    Material,
    BasePreparation,
    Jointing,
    Workmanship,
    Curing,
    ProductProtection,
    Installation,
    TestOmitted,
    Settlement,
    Use,
    ForceMajeure,

    /// <summary>None of these; two of them have nothing in common.</summary>
    Other,
}

/// <summary>Why a CAPA must open (P2.2.3).</summary>
internal enum RepairCapaGround
{
    Systemic,
    RecursInProject,
    RecursInProjects,

    /// <summary>Several that quality put together.</summary>
    Group,
}
