using System.Text.Json.Serialization;
using CustomerService.Attachments;
using CustomerService.Forms;
using CustomerService.Records;
using CustomerService.Records.Keeping;
using CustomerService.Registry;
using CustomerService.Repairs.Data;
using CustomerService.Repairs.Products.Domain;
using CustomerService.Repairs.Returns;
using CustomerService.Repairs.Returns.Domain;
using CustomerService.Repairs.Rmas;
using CustomerService.Repairs.Rmas.Domain;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using FluentValidation;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Repairs.Products.Features;

/// <summary>What the QR code on a machine leads to: without an account, for this machine only.</summary>
internal static class UseSerialLink
{
    private const int MostPhotos = 10;

    // For so long after the report its photos are taken.
    private static readonly TimeSpan PhotosWithin = TimeSpan.FromHours(24);

    /// <summary>What the person who scans the code wants.</summary>
    internal enum Wish
    {
        Repair,
        Return,
        Exchange,
    }

    /// <param name="Serial">Serial number.</param>
    /// <param name="ModelCode">Its model.</param>
    /// <param name="ModelName">What the model is called.</param>
    /// <param name="State">sold, returned or replaced.</param>
    /// <param name="WarrantyEndsOn">Last day of the warranty, where it is known.</param>
    /// <param name="Covered">Whether the warranty covers it today, where that is known.</param>
    /// <param name="MainComponents">Components whose repair is charged where the warranty does not cover it.</param>
    /// <param name="InRepair">Whether it is declared or here for repair.</param>
    /// <param name="ValidThrough">Last day on which the link works.</param>
    internal sealed record MachinePage(
        string Serial,
        string ModelCode,
        string ModelName,
        SerialState State,
        DateOnly? WarrantyEndsOn,
        bool? Covered,
        IReadOnlyList<string> MainComponents,
        bool InRepair,
        DateOnly ValidThrough
    )
    {
        /// <summary>What its holder can do now: <c>report</c>.</summary>
        [JsonPropertyName("_actions")]
        public IReadOnlyList<string> Actions { get; init; } = [];

        /// <summary>Language of the customer: <c>zh-Hant</c>, <c>zh-Hans</c>, <c>en</c>.</summary>
        public string Language { get; init; } = Texts.Languages[0];
    }

    /// <param name="Wish">repair, return or exchange.</param>
    /// <param name="PurchasedOn">First answer: day of purchase.</param>
    /// <param name="Model">Second answer: model, as it stands on the machine.</param>
    /// <param name="Reason">Third answer: what is wrong, or why it comes back.</param>
    /// <param name="Person">Who reports.</param>
    /// <param name="Phone">Under which number that person is called.</param>
    internal sealed record Request(
        Wish? Wish,
        DateOnly? PurchasedOn,
        string Model,
        string Reason,
        string Person,
        string Phone
    );

    /// <param name="Id">The record, to which photos are added.</param>
    /// <param name="Number">Its number.</param>
    /// <param name="Wish">What was asked.</param>
    internal sealed record Receipt(Guid Id, string Number, Wish Wish);

    /// <param name="Id">The photo.</param>
    /// <param name="FileName">Its name.</param>
    internal sealed record PhotoReceipt(Guid Id, string FileName);

    internal sealed class Validator : AbstractValidator<Request>
    {
        public Validator()
        {
            RuleFor(r => r.Wish).NotNull();
            RuleFor(r => r.PurchasedOn).NotNull();
            RuleFor(r => r.Model).RequiredText(TextLength.Line);
            RuleFor(r => r.Reason).RequiredText();
            RuleFor(r => r.Person).RequiredText(TextLength.Line);
            RuleFor(r => r.Phone).RequiredText(TextLength.Code);
        }
    }

    internal static void Map(IEndpointRouteBuilder routes)
    {
        const string closed = " 404 where there is no such link; 410: link-revoked, link-expired.";
        routes
            .MapGet("/customer-links/{token}/machine", Handle)
            .WithSecretAddress()
            .AsQuery()
            .AllowAnonymous()
            .WithPage<MachinePage>(page => page.Language, SheetOf)
            .WithSummary("The machine behind a QR code: what is covered, until when")
            .WithDescription("Rule C3.1.1. Needs no other token. A page where text/html is preferred." + closed)
            .Produces<MachinePage>();
        routes
            .MapGet("/customer-links/{token}/label.pdf", PrintMachineLabel)
            .WithSecretAddress()
            .AsQuery()
            .AllowAnonymous()
            .WithSummary("A label of 50 × 30 mm for the machine, with the QR code of this link, as PDF")
            .WithDescription("Rule C3.1.1. Needs no other token. 503 font-missing." + closed)
            .ProducesFile("application/pdf")
            .ProducesProblems(StatusCodes.Status503ServiceUnavailable);
        routes
            .MapPost("/customer-links/{token}/report", ReportByLink)
            .ForLinkHolders()
            .AsCommand()
            .WithSummary("A report about the machine, with the three answers")
            .WithDescription(
                "Rules C5.1.1, C5.1.3. A repair is declared, or a return or exchange asked for. 400: date-in-future. 409: "
                    + "serial-not-sold, serial-in-open-rma, return-open-already."
                    + closed
            )
            .WithExample(
                new Request(
                    Features.UseSerialLink.Wish.Repair,
                    new DateOnly(2026, 1, 5),
                    "DJ-200",
                    "開機無反應",
                    "李小姐",
                    "021-6666"
                )
            )
            .Produces<Receipt>();
        routes
            .MapPost("/customer-links/{token}/photos", AddPhotoByLink)
            .ForLinkHolders()
            .AsCommand()
            .DisableAntiforgery()
            .WithMetadata(new RequestSizeLimitAttribute(11 * 1024 * 1024))
            .WithSummary("A photo to a report that was made by this link")
            .WithDescription(
                "Rule S2. multipart/form-data with the field `file`; `reportId` names the report of the last 24 hours. 400: "
                    + "attachment-type, attachment-incomplete, attachment-size, attachment-pixels. 409: files-too-many (10)."
                    + closed
            )
            .Produces<PhotoReceipt>();
    }

    private static LinkSheet SheetOf(MachinePage page, LinkWords words) =>
        new()
        {
            Title = words.Say("link.machine", ("serial", page.Serial)),
            Lines =
            [
                words.Line("model", $"{page.ModelCode} {page.ModelName}".Trim()),
                words.Line("warranty-until", page.WarrantyEndsOn is { } end ? Spelling.Day(end) : null),
                words.Line("covered", page.Covered is { } yes ? words.Say(yes ? "link.yes" : "link.no") : null),
                words.Line("main-components", string.Join("、", page.MainComponents)),
                words.Line("in-repair", page.InRepair ? words.Say("link.yes") : null),
                words.Line("valid-through", Spelling.Day(page.ValidThrough)),
            ],
            Forms =
            [
                .. page.Actions.Select(action => new LinkForm(
                    "../" + action,
                    words.Say("link.report"),
                    [
                        words.Field("wish", "wish", LinkInput.Choice) with
                        {
                            Choices =
                            [
                                .. Enum.GetValues<Wish>()
                                    .Select(wish => (wish.ToKebab(), words.Say("link.wish." + wish.ToKebab()))),
                            ],
                        },
                        words.Field("purchasedOn", "purchased-on", LinkInput.Date),
                        words.Field("model", "model"),
                        words.Field("reason", "what-is-wrong", LinkInput.Text),
                        words.Field("person", "your-name"),
                        words.Field("phone", "phone"),
                    ]
                )),
            ],
        };

    private static async Task<QueryResult> Handle(
        string token,
        RepairsDb db,
        RegistryLookup registry,
        Caller caller,
        CancellationToken cancellation
    )
    {
        if (await FindAsync(token, db, cancellation) is not ({ } link, { } serial))
        {
            return QueryResult.NotFound;
        }

        if (link.Check(caller.Today) is { } closed)
        {
            return closed;
        }

        var key = serial.NumberKey;
        var model = await db
            .ProductModels.AsNoTracking()
            .FirstOrDefaultAsync(m => m.Id == serial.ModelId, cancellation);
        var here =
            await db.RmaUnits.AnyAsync(unit => unit.OpenSerialKey == key, cancellation)
            || await db.Rmas.AnyAsync(r => r.State == RmaState.Declared && r.SerialKeys.Contains(key), cancellation);
        return QueryResult.Of(
            new MachinePage(
                serial.Number,
                serial.ModelCode,
                serial.ModelName,
                serial.State,
                serial.WarrantyEndsOn,
                serial.IsCovered(caller.Today),
                [.. (model?.Components ?? []).Select(component => component.Name)],
                here,
                link.ValidThrough
            )
            {
                Actions = serial is { State: SerialState.Sold, CustomerId: not null } ? ["report"] : [],
                Language = serial.CustomerId is { } customer
                    ? await registry.LanguageOfAsync(customer, cancellation)
                    : Texts.Languages[0],
            }
        );
    }

    private static async Task<QueryResult> PrintMachineLabel(
        string token,
        FormLanguage? language,
        RepairsDb db,
        Caller caller,
        FormFont font,
        RepairsSettings settings,
        HttpContext context,
        CancellationToken cancellation
    )
    {
        if (await FindAsync(token, db, cancellation) is not ({ } link, { } serial))
        {
            return QueryResult.NotFound;
        }

        return link.Check(caller.Today) is { } closed
            ? closed
            : QueryResult.File(
                Printing.Pdf(
                    context,
                    $"{serial.Number.Replace('/', '-')}-label.pdf",
                    () =>
                        SmallLabels.Print(
                            [new(settings.MachineLinkOf(token), [serial.Number, serial.ModelCode, serial.ModelName])],
                            font,
                            serial.Number,
                            caller.Now,
                            language
                        )
                )
            );
    }

    private static async Task<CommandResult> ReportByLink(
        string token,
        Request body,
        RepairsDb db,
        RmaIntake intake,
        RmaOpener rmas,
        ReturnOpener returns,
        CommandContexts contexts,
        CancellationToken cancellation
    )
    {
        if (await FindAsync(token, db, cancellation) is not ({ } link, { } serial))
        {
            return CommandResult.NotFound();
        }

        var context = contexts.For(link.HolderOf(serial, body.Person));
        if (link.Check(context.Today) is { } closed)
        {
            return closed;
        }

        if (serial.State != SerialState.Sold || serial.CustomerId is not { } customer)
        {
            return Refusal.ByRule("serial-not-sold", "C5.1.5", ["sold-serial"], Roles.CustomerService);
        }

        if (body.PurchasedOn > context.Today)
        {
            return Refusal.Invalid("date-in-future", "C5.1.3", "past-date");
        }

        var said = $"{body.Reason}\n{body.Person} {body.Phone}";
        return body.Wish == Wish.Repair
            ? await DeclareAsync(context, customer, serial, body, said, db, intake, rmas, cancellation)
            : await AskAsync(context, customer, serial, body, said, db, returns, cancellation);
    }

    private static async Task<CommandResult> DeclareAsync(
        CommandContext context,
        Guid customer,
        ProductSerial serial,
        Request body,
        string said,
        RepairsDb db,
        RmaIntake intake,
        RmaOpener rmas,
        CancellationToken cancellation
    )
    {
        var declared = await intake.DeclarationAsync(
            customer,
            [new EnteredLine(null, [serial.Number], null, body.Reason)],
            RmaSource.Request,
            null,
            null,
            cancellation
        );
        if (declared.Failed(out var wrong, out var declaration))
        {
            return wrong;
        }

        var answers = new ReportedAnswers(body.PurchasedOn!.Value, body.Model, body.Reason, body.Person, body.Phone);
        var opened = await rmas.OpenAsync(context, declaration with { Words = said, Answers = answers }, cancellation);
        if (opened.Failed(out var refusal, out var rma))
        {
            return refusal;
        }

        db.Add(rma);
        return CommandResult.Ok(new Receipt(rma.Id, rma.Number, Wish.Repair));
    }

    private static async Task<CommandResult> AskAsync(
        CommandContext context,
        Guid customer,
        ProductSerial serial,
        Request body,
        string said,
        RepairsDb db,
        ReturnOpener returns,
        CancellationToken cancellation
    )
    {
        var asked = await returns.OpenAsync(
            context,
            customer,
            body.Wish == Wish.Return ? ReturnKind.Return : ReturnKind.Exchange,
            new AskedGoods(serial.Number, null, null, null),
            new ReturnAnswers(body.PurchasedOn, body.Model, said),
            cancellation
        );
        if (asked.Failed(out var refusal, out var one))
        {
            return refusal;
        }

        db.Add(one);
        return CommandResult.Ok(new Receipt(one.Id, one.Number, body.Wish!.Value));
    }

    private static async Task<CommandResult> AddPhotoByLink(
        string token,
        IFormFile file,
        Guid reportId,
        RepairsDb db,
        IRecordStore store,
        IKeepingStore keeping,
        FileIntake files,
        FileEvents events,
        CommandContexts contexts,
        CancellationToken cancellation
    )
    {
        if (await FindAsync(token, db, cancellation) is not ({ } link, { } serial))
        {
            return CommandResult.NotFound();
        }

        if (link.Check(contexts.Clock.Today) is { } closed)
        {
            return closed;
        }

        if (await ReportAsync(link, reportId, db, contexts.Clock.Now, cancellation) is not var (record, person))
        {
            return CommandResult.NotFound();
        }

        if ((await store.FilesAsync(reportId, cancellation)).Count >= MostPhotos)
        {
            return Refusal.ByRule("files-too-many", "S2", []).With("most", MostPhotos);
        }

        if (
            (await files.KeepAsync(file, isSignature: false, keeping.HoldContentAsync, cancellation)).Failed(
                out var refusal,
                out var kept
            )
        )
        {
            return refusal;
        }

        var added = RecordFile.Add(
            contexts.For(link.HolderOf(serial, person)),
            record,
            new()
            {
                Purpose = "damage",
                Name = kept.Name,
                ContentType = kept.ContentType,
                Size = kept.Size,
                Sha256 = kept.Sha256,
                TakenAt = kept.Facts.TakenAt,
                Latitude = kept.Facts.Latitude,
                Longitude = kept.Facts.Longitude,
            },
            events
        );
        store.Add(added);
        return CommandResult.Ok(new PhotoReceipt(added.Id, added.Name));
    }

    // A report that was made by this very link, lately.
    private static async Task<(RecordRef Record, string Person)?> ReportAsync(
        SerialLink link,
        Guid id,
        RepairsDb db,
        DateTimeOffset now,
        CancellationToken cancellation
    )
    {
        bool Fits(Stamp by) => by.ActorId == link.HolderId && now - by.At <= PhotosWithin;
        if (
            await db.Rmas.AsNoTracking().FirstOrDefaultAsync(r => r.Id == id, cancellation) is { } rma
            && Fits(rma.DeclaredBy)
        )
        {
            return (new RecordRef("repairs", rma.Kind, rma.Id, rma.Number), rma.DeclaredBy.Name);
        }

        return
            await db.ReturnCases.AsNoTracking().FirstOrDefaultAsync(r => r.Id == id, cancellation) is { } one
            && Fits(one.RequestedBy)
            ? (new RecordRef("repairs", one.Kind, one.Id, one.Number), one.RequestedBy.Name)
            : null;
    }

    private static async Task<(SerialLink? Link, ProductSerial? Serial)> FindAsync(
        string token,
        RepairsDb db,
        CancellationToken cancellation
    )
    {
        if (!SecretLink.IsWellFormed(token))
        {
            return (null, null);
        }

        var hash = SecretLink.HashOf(token);
        var link = await db.SerialLinks.AsNoTracking().FirstOrDefaultAsync(l => l.SecretHash == hash, cancellation);
        return link is null
            ? (null, null)
            : (
                link,
                await db.ProductSerials.AsNoTracking().FirstOrDefaultAsync(s => s.Id == link.SerialId, cancellation)
            );
    }
}
