using System.Globalization;
using CustomerService.Complaints.Complaints.Domain;
using CustomerService.Complaints.Data;
using CustomerService.Complaints.Letters.Domain;
using CustomerService.Forms;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Complaints.Letters.Forms;

/// <summary>The letter to an affected customer, in the customer's language, with what is to be answered (C7).</summary>
internal sealed class AffectedLetterForm(ComplaintsDb db, Texts all, CompanyClock clock, Caller caller) : IForm
{
    private const float LetterRoom = 160;
    private const float AnswerRoom = 70;

    public async Task<FormResult> FillAsync(Guid id, FormTexts texts, CancellationToken cancellation) =>
        await db
            .AffectedLetters.AsNoTracking()
            .VisibleTo(caller.Actor)
            .FirstOrDefaultAsync(letter => letter.Id == id, cancellation)
            is { } letter
            ? Fill(letter, new FormTexts(all, CultureInfo.GetCultureInfo(letter.Language), clock.Zone))
            : FormResult.NotFound;

    internal static FormDocument Fill(AffectedLetter letter, FormTexts texts) =>
        new()
        {
            Form = "C7",
            PrintsForm = false,
            Title = texts.Say("form.letter"),
            Number = letter.Number,
            Language = texts.Language,
            Version = letter.Version,
            Sections =
            [
                texts.Section(
                    "letter",
                    FormRow.Of(
                        texts.Cell("customer", letter.CustomerName).Wide(2),
                        texts.Cell("letter-sent-on", FormTexts.Day(letter.SentOn))
                    ),
                    FormRow.Of(
                        texts.Cell("letter-case", letter.ComplaintNumber).Wide(2),
                        texts.Cell("letter-answer-by", FormTexts.Day(letter.AnswerDueOn))
                    ),
                    FormRow.Of(texts.Cell("subject", letter.Subject)),
                    FormRow.Of(
                        texts
                            .Cell("letter-body", letter.Body)
                            .WithRoom(LetterRoom)
                            .Signed(texts.Cell("letter-by", (letter.SentBy ?? letter.WrittenBy).Name))
                    )
                ),
                texts.Section(
                    "letter-goods",
                    [
                        .. letter.Goods.Select(goods =>
                            FormRow.Of(
                                texts.Cell("trace-kind", texts.Coded<TraceKind>("trace", goods.Kind)),
                                texts.Cell("trace-identity", goods.Identity),
                                texts.Cell("trace-quantity", goods.Quantity.ToString(CultureInfo.InvariantCulture))
                            )
                        ),
                    ]
                ),
                texts.Section(
                    "letter-answer",
                    FormRow.Of(
                        texts.Cell(
                            "letter-in-stock",
                            letter.Answer?.Answer.InStock.ToString(CultureInfo.InvariantCulture)
                        ),
                        texts.Cell(
                            "letter-delivered",
                            letter.Answer?.Answer.Delivered.ToString(CultureInfo.InvariantCulture)
                        )
                    ),
                    FormRow.Of(
                        texts
                            .Cell("letter-answer", letter.Answer?.Answer.Text)
                            .WithRoom(AnswerRoom)
                            .Signed(
                                texts.Cell("letter-answered-by", letter.Answer?.By.Name),
                                texts.Cell("letter-answered-on", FormTexts.Day(letter.Answer?.On))
                            )
                    )
                ),
            ],
        };
}
