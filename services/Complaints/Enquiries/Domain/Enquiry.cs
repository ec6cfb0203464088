using CustomerService.Complaints.Complaints.Domain;
using CustomerService.Contracts.Complaints.V1;
using CustomerService.Rules;

namespace CustomerService.Complaints.Enquiries.Domain;

/// <summary>A technical enquiry about a product, a case of its own kind (C3.1.5).</summary>
internal sealed class Enquiry : Aggregate<Enquiry, EnquiryState, EnquiryAction>, IUnderPolicy
{
    /// <summary>Prefix of the number, which may have gaps.</summary>
    public const string NumberKind = "ZX";

    private const int MostTold = 2000;

    private Enquiry() { }

    protected override Flow<Enquiry, EnquiryState, EnquiryAction> Table => EnquiryFlow.Table;

    public override string Kind => "enquiry";

    public override WorkSubject WorkSubject => new(Number, Subject);

    protected override DateTimeOffset? DueOf(EnquiryAction action, CommandContext context) =>
        action == EnquiryAction.Answer ? AnswerDueAt : null;

    public override Guid? OutsideOrganisation(string role) => role == Roles.Customer ? CustomerId : null;

    public string Number { get; private set; } = "";

    public int PolicyVersion { get; private set; }

    /// <summary>The customer in the registry; null for somebody who is none yet.</summary>
    public Guid? CustomerId { get; private set; }

    public string? CustomerName { get; private set; }

    public string Contact { get; private set; } = "";

    public string Phone { get; private set; } = "";

    public Channel Channel { get; private set; }

    public string Language { get; private set; } = "zh-Hant";

    public string Subject { get; private set; } = "";

    public string? ProductModel { get; private set; }

    public string? SerialNumber { get; private set; }

    /// <summary>What was asked, and what was answered, in turn.</summary>
    public IReadOnlyList<Exchange> Exchanges { get; private set; } = [];

    public Stamp TakenBy { get; private set; } = null!;

    public DateOnly RegisteredOn { get; private set; }

    public DateTimeOffset AnswerDueAt { get; private set; }

    /// <summary>Null until it was answered.</summary>
    public DateTimeOffset? AnsweredAt { get; private set; }

    public string? Became { get; private set; }

    public Guid? BecameId { get; private set; }

    public string? BecameNumber { get; private set; }

    public DateOnly? ClosedOn { get; private set; }

    public string SearchText { get; private set; } = "";

    public string[] SearchGrams { get; private set; } = [];

    /// <summary>Takes an enquiry (C3.1.5); a customer's is their own organisation's.</summary>
    public static Result<Enquiry> Register(CommandContext context, string number, EnquiryIntake intake)
    {
        var enquiry = new Enquiry { Id = Guid.CreateVersion7(context.Now) };
        if (enquiry.Start(context, EnquiryAction.Register, intake.Subject) is { } refusal)
        {
            return refusal;
        }

        var isStaff = context.Actor.IsStaff();
        if (!isStaff && context.Actor.OrganisationId is null)
        {
            return new Refusal(
                RefusalKind.Forbidden,
                "organisation-missing",
                "C3.1.5",
                ["account-organisation"],
                [Roles.Administrator]
            );
        }

        if (intake.Customer is { } found && found.Failed(out var unknown, out _))
        {
            return unknown;
        }

        enquiry.Number = number;
        enquiry.PolicyVersion = context.Policy.Version;
        enquiry.CustomerId = isStaff ? intake.CustomerId : context.Actor.OrganisationId;
        enquiry.CustomerName = intake.Customer?.Required().Name;
        enquiry.Contact = intake.Contact;
        enquiry.Phone = intake.Phone;
        enquiry.Channel = isStaff ? intake.Channel : Channel.Portal;
        enquiry.Language = intake.Language;
        enquiry.Subject = intake.Subject;
        enquiry.ProductModel = intake.ProductModel;
        enquiry.SerialNumber = intake.SerialNumber;
        enquiry.Exchanges = [new(intake.Question, Stamp.Of(context), null, null, null)];
        enquiry.TakenBy = Stamp.Of(context);
        enquiry.RegisteredOn = context.Today;
        enquiry.BeginClock(context);
        enquiry.SearchText = Rules.SearchText.Of(
            number,
            enquiry.CustomerName,
            intake.Contact,
            intake.Phone,
            intake.Subject,
            intake.ProductModel,
            intake.SerialNumber
        );
        enquiry.SearchGrams = Rules.SearchText.Grams(enquiry.SearchText);
        enquiry.Raise(
            new EnquiryRegistered(
                enquiry.Id,
                enquiry.Version,
                number,
                enquiry.CustomerId,
                intake.Subject,
                enquiry.AnswerDueAt,
                context.Today
            )
        );
        return enquiry;
    }

    /// <summary>The customer gets the answer (C3.1.5).</summary>
    /// <param name="context">Who answers.</param>
    /// <param name="answer">The answer.</param>
    /// <param name="entry">Number of the knowledge entry that it rests on.</param>
    public Refusal? Answer(CommandContext context, string answer, string? entry) =>
        Transition(
            context,
            EnquiryAction.Answer,
            why: answer,
            change: () =>
            {
                var inTime = context.Now <= AnswerDueAt;
                Exchanges =
                [
                    .. Exchanges.SkipLast(1),
                    Exchanges[^1] with
                    {
                        Answer = answer,
                        AnsweredBy = Stamp.Of(context),
                        Entry = entry,
                    },
                ];
                AnsweredAt = context.Now;
                Raise(new EnquiryAnswered(Id, Version, CustomerId, Language, answer, inTime, context.Today));
            }
        );

    /// <summary>The customer asks further; the clock begins again.</summary>
    public Refusal? AskFurther(CommandContext context, string question) =>
        Transition(
            context,
            EnquiryAction.AskFurther,
            why: question,
            change: () =>
            {
                Exchanges = [.. Exchanges, new(question, Stamp.Of(context), null, null, null)];
                BeginClock(context);
            }
        );

    /// <summary>Nothing more was asked.</summary>
    public Refusal? Close(CommandContext context) =>
        Transition(context, EnquiryAction.Close, change: () => ClosedOn = context.Today);

    /// <summary>It goes on as a complaint, which is registered in the same commit (C3.1.5).</summary>
    public Refusal? BecomeComplaint(CommandContext context, Complaint complaint) =>
        Transition(
            context,
            EnquiryAction.BecomeComplaint,
            why: complaint.Number,
            change: () => Convert(context, "complaint", complaint.Id, complaint.Number)
        );

    /// <summary>It goes on as a return of goods: Repairs is told (C3.1.5).</summary>
    /// <param name="context">Who decides.</param>
    /// <param name="number">Number of the RMA, where it is open already.</param>
    public Refusal? BecomeRma(CommandContext context, string? number) =>
        Transition(context, EnquiryAction.BecomeRma, why: number, change: () => Convert(context, "rma", null, number));

    /// <summary>The customer turned out to be another organisation that is known (S4).</summary>
    public void MoveCustomer(CommandContext context, Guid customerId, string name)
    {
        CustomerId = customerId;
        CustomerName = ClosedOn is null ? name : CustomerName;
        Record(context, "customer-merged", State.ToKebab(), State.ToKebab(), name);
    }

    /// <summary>The registry calls the customer otherwise (S3); once it is closed it keeps its words.</summary>
    public void FollowName(CommandContext context, string name)
    {
        if (ClosedOn is null && CustomerName != name)
        {
            Record(context, "follow-registry", State.ToKebab(), State.ToKebab(), $"{CustomerName} → {name}");
            CustomerName = name;
        }
    }

    private void Convert(CommandContext context, string became, Guid? id, string? number)
    {
        (Became, BecameId, BecameNumber, ClosedOn) = (became, id, number, context.Today);
        Raise(
            new EnquiryConverted(
                Id,
                Version,
                CustomerId,
                became,
                id,
                number,
                context.Today,
                Number,
                ProductModel,
                SerialNumber,
                $"{Subject}\n{string.Join('\n', Exchanges.Select(e => e.Question))}".Truncate(MostTold, "…")
            )
        );
    }

    private void BeginClock(CommandContext context)
    {
        var target = context.Policy.Complaints.EnquiryAnswer;
        AnswerDueAt = context.BusinessClock(target.Calendar).Add(context.Now, TimeSpan.FromHours(target.Hours));
        AnsweredAt = null;
    }
}

/// <summary>A question and its answer.</summary>
/// <param name="Entry">Number of the knowledge entry that the answer rests on.</param>
internal sealed record Exchange(string Question, Stamp AskedBy, string? Answer, Stamp? AnsweredBy, string? Entry);

/// <summary>What an enquiry is taken with.</summary>
internal sealed record EnquiryIntake(
    Guid? CustomerId,
    Result<Customer>? Customer,
    string Contact,
    string Phone,
    Channel Channel,
    string Language,
    string Subject,
    string Question,
    string? ProductModel,
    string? SerialNumber
);
