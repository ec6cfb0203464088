using CustomerService.Complaints.Capas;
using CustomerService.Complaints.Codes;
using CustomerService.Complaints.Codes.Domain;
using CustomerService.Complaints.Complaints.Domain;
using CustomerService.Complaints.Data;
using CustomerService.Registry;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using FluentValidation;
using Severity = CustomerService.Rules.Severity;

namespace CustomerService.Complaints.Complaints.Features;

internal static class RegisterComplaint
{
    internal sealed record Request
    {
        /// <summary>The customer's organisation in the registry; staff must name it, a customer's own by
        /// default.</summary>
        public Guid? CustomerId { get; init; }

        /// <summary>The person who complains.</summary>
        public required string Contact { get; init; }

        /// <summary>The person's telephone.</summary>
        public required string Phone { get; init; }

        /// <summary>How it came; staff must name it, <c>portal</c> for a customer.</summary>
        public Channel? Channel { get; init; }

        /// <summary>One line.</summary>
        public required string Subject { get; init; }

        /// <summary>What happened, in the customer's words.</summary>
        public required string Description { get; init; }

        /// <summary>Decides the targets (C1); staff must name it, <c>minor</c> for a customer by default.</summary>
        public Severity? Severity { get; init; }

        /// <summary>What it is about.</summary>
        public ReferenceRequest? Reference { get; init; }

        /// <summary>The record that it comes from.</summary>
        public OriginRequest? Origin { get; init; }

        /// <summary>Language of the customer: <c>zh-Hant</c>, <c>zh-Hans</c>, <c>en</c>; that of the registry by
        /// default.</summary>
        public string? Language { get; init; }

        /// <summary>What the customer wants: repair, exchange, refund …</summary>
        public string? RemedyWanted { get; init; }

        /// <summary>The service concerned, where it is not about goods or works.</summary>
        public string? ServiceConcerned { get; init; }

        /// <summary>The product, as a code of the catalogue (C5.7).</summary>
        public string? ProductCode { get; init; }

        /// <summary>The fault as it is reported, as a code of the catalogue.</summary>
        public string? FaultCode { get; init; }

        /// <summary>When it reached the company; now by default. The targets count from it.</summary>
        public DateTimeOffset? ReceivedAt { get; init; }
    }

    /// <param name="ProjectId">The project in the registry; a customer names its own.</param>
    internal sealed record ReferenceRequest(
        Guid? ProjectId,
        string? ProductModel,
        string? SerialNumber,
        string? OrderNumber
    );

    internal sealed record OriginRequest(OriginKind? Kind, Guid? Id, string? Number);

    internal sealed class Validator : AbstractValidator<Request>
    {
        public Validator()
        {
            RuleFor(r => r.CustomerId).NotEqual(Guid.Empty);
            RuleFor(r => r.Contact).RequiredText(TextLength.Line);
            RuleFor(r => r.Phone).RequiredText(TextLength.Code);
            RuleFor(r => r.Channel).NotEqual(Domain.Channel.Survey).WithErrorCode("by-event-only");
            RuleFor(r => r.Subject).RequiredText(TextLength.Line);
            RuleFor(r => r.Description).RequiredText();
            RuleFor(r => r.Language)
                .Must(language => language is null || Texts.Languages.Contains(language))
                .WithErrorCode("language-unknown");
            RuleFor(r => r.RemedyWanted).OptionalText(TextLength.Line);
            RuleFor(r => r.ServiceConcerned).OptionalText(TextLength.Line);
            RuleFor(r => r.ProductCode).OptionalCode();
            RuleFor(r => r.FaultCode).OptionalCode();
            RuleFor(r => r.Reference!)
                .ChildRules(reference =>
                {
                    reference.RuleFor(r => r.ProductModel).OptionalText(TextLength.Line);
                    reference.RuleFor(r => r.SerialNumber).OptionalText(TextLength.Line);
                    reference.RuleFor(r => r.OrderNumber).OptionalText(TextLength.Line);
                });
            RuleFor(r => r.Origin!)
                .ChildRules(origin =>
                {
                    origin
                        .RuleFor(o => o.Kind)
                        .NotNull()
                        .NotEqual(OriginKind.SurveyResponse)
                        .WithErrorCode("by-event-only");
                    origin.RuleFor(o => o.Number).OptionalText(TextLength.Line);
                });
        }
    }

    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/complaints", Handle)
            .AsCommand()
            .WithSummary("Register a complaint")
            .WithDescription(
                """
                Rule C3.2.1: one record whoever took it; sales, customer service, or the customer on the portal
                (channel `portal`, own organisation). Staff name customer, channel and severity. Names of customer and
                project are the registry's (rule S3): 400 `organisation-unknown`, `not-a-customer`, `project-unknown`,
                `project-withdrawn`; for a customer a project that is not theirs is 404 `project-unknown`. `receivedAt` is not
                in the future and at most as many days ago as the policy says (`complaints.longestDelayDays`): the
                targets of rule C1 count from it, in working hours of the policy's calendar. 400 `validation`,
                `intake-incomplete`, `code-unknown`, `channel-not-portal`, `received-in-the-future`, `received-too-long-ago`; 403
                `role-missing`, `organisation-missing`, `customer-is-another`, `origin-by-staff` (a customer names no
                record of origin).
                """
            )
            .WithExample(
                new Request
                {
                    CustomerId = Guid.Parse("0198c0de-0000-7000-8000-000000000001"),
                    Contact = "王小姐",
                    Phone = "0755-12345678",
                    Channel = Domain.Channel.Phone,
                    Subject = "屋面滲漏",
                    Description = "連日大雨後三樓走廊天花滴水。",
                    Severity = Severity.Major,
                }
            )
            .Produces<ComplaintView>(StatusCodes.Status201Created);

    private static async Task<CommandResult> Handle(
        Request body,
        ComplaintsDb db,
        RecordNumbers numbers,
        RegistryLookup registry,
        CodeCatalogue codes,
        EffectMeasurement measurement,
        Caller caller,
        CancellationToken cancellation
    )
    {
        var context = caller.Context();
        var (stayed, customer, language) = await CustomerAsync(body, registry, caller, cancellation);
        var intake = IntakeOf(body) with
        {
            CustomerId = body.CustomerId is null ? null : stayed,
            Language = body.Language ?? language ?? Texts.Languages[0],
            Customer = customer,
            Works = await WorksAsync(body, registry, cancellation),
        };
        var number = await numbers.NextAsync(Complaint.NumberKind, context.Today.Year, cancellation);
        var registered = Complaint.Register(context, number, intake);
        if (
            !registered.Failed(out _, out _)
            && (
                await codes.CheckAsync(CodeKind.Product, body.ProductCode, cancellation)
                ?? await codes.CheckAsync(CodeKind.Fault, body.FaultCode, cancellation)
            )
                is { } refusal
        )
        {
            return refusal;
        }

        if (!registered.Failed(out _, out var complaint))
        {
            await measurement.FaultKnownAsync(complaint, cancellation);
        }

        return caller.Create(db, "complaints", registered, ComplaintView.From);
    }

    // Who was merged means the one that stayed (S4).
    private static async Task<(Guid? Stayed, Result<Customer>? Customer, string? Language)> CustomerAsync(
        Request body,
        RegistryLookup registry,
        Caller caller,
        CancellationToken cancellation
    )
    {
        if ((body.CustomerId ?? caller.Actor.OrganisationId) is not { } id)
        {
            return (null, null, null);
        }

        var found = await registry.OrganisationAsync(id, cancellation);
        return found.Failed(out var unknown, out var known)
            ? (id, unknown, null)
            : (
                known.Id,
                new Customer(known.Name, known.Kind is OrganisationKind.Owner or OrganisationKind.Customer),
                known.Language
            );
    }

    private static async Task<Result<Works>?> WorksAsync(
        Request body,
        RegistryLookup registry,
        CancellationToken cancellation
    )
    {
        if (body.Reference?.ProjectId is not { } id)
        {
            return null;
        }

        var found = await registry.ProjectAsync(id, cancellation);
        return found.Failed(out var unknown, out var known)
            ? unknown
            : new Works(known.Name, await registry.SurvivorOfAsync(known.OwnerId, cancellation));
    }

    private static Intake IntakeOf(Request body) =>
        new()
        {
            Contact = body.Contact.Trim(),
            Phone = body.Phone.Trim(),
            Channel = body.Channel,
            Subject = body.Subject.Trim(),
            Description = body.Description,
            Severity = body.Severity,
            Reference = body.Reference is { } about
                ? new(about.ProjectId, null, about.ProductModel, about.SerialNumber, about.OrderNumber)
                : Reference.None,
            Origin = body.Origin is { } origin ? new(origin.Kind!.Value, origin.Id, origin.Number) : null,
            ReceivedAt = body.ReceivedAt,
            RemedyWanted = body.RemedyWanted,
            ServiceConcerned = body.ServiceConcerned,
            ProductCode = body.ProductCode,
            FaultCode = body.FaultCode,
        };
}
