using CustomerService.Projects.Data;
using CustomerService.Projects.Revisits.Domain;
using CustomerService.ServiceDefaults;
using FluentValidation;

namespace CustomerService.Projects.Revisits.Features;

internal static class RecordOpinion
{
    /// <param name="GivenBy">Who gave the opinion, in print.</param>
    /// <param name="Method">phone, letter or on-site.</param>
    /// <param name="On">When.</param>
    /// <param name="Opinion">The opinion; the one recorded before stays when it is not given.</param>
    /// <param name="WhyUnsigned">Why a visit has no signature.</param>
    /// <param name="UserId">The user (用戶) of the project whose opinion it is; the owner's where it is not given.</param>
    internal sealed record Request(
        string GivenBy,
        OpinionMethod? Method,
        DateOnly? On,
        string? Opinion = null,
        string? WhyUnsigned = null,
        Guid? UserId = null
    );

    internal sealed class Validator : AbstractValidator<Request>
    {
        public Validator()
        {
            RuleFor(r => r.GivenBy).RequiredText(100);
            RuleFor(r => r.Method).NotNull();
            RuleFor(r => r.On).NotNull();
            RuleFor(r => r.Opinion).OptionalText();
            RuleFor(r => r.WhyUnsigned).OptionalText(500);
        }
    }

    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/revisits/{id:guid}/record-opinion", Handle)
            .AsCommand()
            .WithSummary("Records the owner's or user's opinion in place of a signature")
            .WithDescription(
                """
                Form 3.3.1, 簽章或記錄: who gave the opinion, when and how, taken down by the caller. It serves for revisits by
                phone or letter; a visit says why it is not signed (409 unsigned-reason-missing). Not before the visit
                (opinion-before-visit), not in the future (date-in-future), once (already-signed), and with an opinion
                (owner-opinion-missing). No finding is added after it.
                """
            )
            .WithExample(new Request("王建國", OpinionMethod.Phone, new DateOnly(2024, 5, 6), "整改及時，滿意。"))
            .Produces<RevisitView>();

    private static Task<CommandResult> Handle(
        Guid id,
        Request body,
        ProjectsDb db,
        Caller caller,
        CancellationToken cancellation
    ) =>
        caller.ChangeRevisitAsync(
            db,
            id,
            async (revisit, context) =>
            {
                var input = new OpinionInput(
                    body.Opinion,
                    body.GivenBy,
                    body.Method!.Value,
                    body.On!.Value,
                    body.WhyUnsigned,
                    body.UserId
                );
                return revisit.RecordOpinion(context, input, await db.ProjectOfAsync(revisit, cancellation));
            },
            cancellation
        );
}
