using System.Globalization;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using CustomerService.Surveys.Campaigns.Domain;
using CustomerService.Surveys.Invitations.Domain;
using CustomerService.Surveys.Questionnaires.Domain;

namespace CustomerService.Surveys.Responses.Forms;

/// <summary>What an interviewer looks at.</summary>
internal sealed record InterviewDesk
{
    /// <summary>Who is being asked: an invitation, or <see cref="InterviewPages.SomebodyElse"/>; null for the
    /// list.</summary>
    public string? Person { get; init; }

    public required FilledForm Filled { get; init; }

    public string? Reason { get; init; }

    public Refusal? Wrong { get; init; }

    /// <summary>Why nobody can be asked any more.</summary>
    public Refusal? Closed { get; init; }

    public bool IsSaved { get; init; }
}

/// <summary>The page of an interviewer, for a phone: the list, and the form for one person. It works without scripts; with
/// its script one interview follows another without a connection.</summary>
internal sealed class InterviewPages(Interviews interviews, FormPages forms, CompanyClock clock)
{
    /// <summary>Stands for somebody who is on no list.</summary>
    public const string SomebodyElse = "new";

    /// <summary>The page, from itself, in the language in which it is read.</summary>
    public static string AddressOf(string token) => $"{token}?culture={CultureInfo.CurrentUICulture.Name}";

    /// <summary>The list, with the form.</summary>
    public async Task<IResult> DeskAsync(
        string token,
        InterviewLink link,
        InterviewDesk desk,
        CancellationToken cancellation
    )
    {
        var campaign = await interviews.CampaignOfAsync(link, cancellation);
        var people = desk.Closed is null ? await interviews.PeopleAsync(link, cancellation) : [];
        var asked = people.Select(one => Of(token, one)).ToList();
        if (desk.Closed is null && interviews.CanMeet(link, campaign))
        {
            asked.Add(new("", forms.Text("interview.somebodyElse"), "", "", Person(token, SomebodyElse)));
        }

        var questionnaire = await interviews.QuestionnaireOfAsync(campaign.QuestionnaireVersion, cancellation);
        var chosen = asked.Find(one => one.Id == (desk.Person == SomebodyElse ? "" : desk.Person));
        var model = new InterviewModel
        {
            Frame = Framed(forms.Text("interview.title")),
            Link = link.Id.ToString("N"),
            Address = AddressOf(token),
            Intro = forms.Text(
                "interview.intro",
                ("campaign", $"{campaign.Number} {campaign.Title}"),
                ("name", link.Interviewer.Name),
                ("day", link.LastDay.ToString("D", CultureInfo.CurrentCulture))
            ),
            Wrong = (desk.Wrong ?? desk.Closed) is { } wrong ? forms.WhatIsWrong(wrong, questionnaire) : null,
            Notice = desk.IsSaved ? forms.Text("interview.saved") : null,
            PeopleHeading = forms.Text("interview.people"),
            People = asked,
            Nobody = forms.Text("interview.nobody"),
            Form = asked.Count == 0 ? null : FormOf(campaign, questionnaire, desk, chosen),
            Words = new[] { "waiting", "sent", "refused", "open", "remove", "full" }.ToDictionary(
                word => "data-" + word,
                object (string word) => forms.Text("interview." + word)
            ),
        };
        return SurveyPage.Of<InterviewPage>(
            model,
            desk.Wrong is null ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest,
            sends: true
        );
    }

    /// <summary>There is no list here, or not any more.</summary>
    public IResult Closed(int status, string code) =>
        SurveyPage.Of<MessagePage>(
            new MessageModel(Framed(forms.Text("interview.title")), "closed", [forms.Text(code)]),
            status
        );

    private static string Person(string token, string id) => $"{AddressOf(token)}&person={id}";

    private static AskedModel Of(string token, Invitation one) =>
        new(one.Id.ToString("D"), one.CustomerName, one.Contact, one.Phone, Person(token, one.Id.ToString("D")));

    private FrameModel Framed(string title) =>
        forms.Frame(title) with
        {
            Style = "../form.css",
            Scripts = ["../form.js", "../interview.js"],
        };

    private InterviewFormModel FormOf(
        Campaign campaign,
        Questionnaire questionnaire,
        InterviewDesk desk,
        AskedModel? chosen
    )
    {
        var filled = desk.Filled with
        {
            Respondent = desk.Filled.Respondent ?? (chosen is { Contact.Length: > 0 } ? chosen.Contact : null),
        };
        return new()
        {
            IsOpen = chosen is not null,
            Key = Guid.CreateVersion7(clock.Now).ToString("N"),
            Person = chosen?.Id ?? "",
            Asked = chosen is null ? "" : string.Join(' ', chosen.Name, chosen.Contact).TrimEnd(),
            Fields = forms.Fields(
                forms.Worded(questionnaire, campaign.Survey),
                filled,
                desk.Wrong,
                isAnonymous: false,
                isKnown: chosen is { Contact.Length: > 0 }
            ),
            Back = forms.Text("interview.back"),
            Submit = forms.Text("interview.submit"),
            BreakOff = forms.Text("interview.breakOff"),
            Reason = new(
                PostedInterview.ReasonField,
                forms.Text("interview.reason"),
                desk.Reason,
                PostedInterview.LongestReason
            ),
        };
    }
}
